package discreet.cli.statement;

import com.github.freva.asciitable.HorizontalAlign;
import discreet.cli.shared.BudgetShare;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Table;
import discreet.privacy.Attacker;
import discreet.statement.Guarantee;
import discreet.statement.Statement;
import discreet.statement.Statement.Life;
import discreet.statement.Statement.Loss;
import discreet.statement.Statement.Model;
import discreet.statement.Statement.Release;
import discreet.statement.Statement.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Renders a statement for a terminal. */
final class StatementText {
    private static final int WIDTH = 100;
    private static final int LABEL = 18;

    private final Statement statement;
    private final StringBuilder text = new StringBuilder();

    private StatementText(Statement statement) {
        this.statement = statement;
    }

    static String of(Statement statement) {
        return new StatementText(statement).text();
    }

    private String text() {
        text.append("Privacy statement: population '")
                .append(statement.population())
                .append("'\n\n");
        Loss loss = statement.loss();
        line("In plain words", Attacker.sentence(loss.price()));
        line(
                "Total",
                price(loss.epsilon(), loss.rho(), loss) + " for one account added or removed; "
                        + price(loss.replacedEpsilon(), loss.replaced().rho().toDouble(), loss)
                        + " for one account replaced by another");
        String discovery = StatementFields.discovery(loss);
        if (!discovery.isEmpty()) {
            line("Item ids", discovery);
        }
        if (statement.life() == null) {
            line(
                    "Covers",
                    "this training alone. The population's total is in its ledger, not in a model: add --population"
                            + " where the ledger is.");
        } else {
            life(statement.life());
        }
        if (statement.model() != null) {
            model(statement.model(), statement.life());
        }
        line("Unit", Guarantee.UNIT);
        line("Contribution", contributions());
        line("Model holds", Guarantee.MODEL_HOLDS);
        line("Lists", Guarantee.LISTS);
        line("Mechanism", Guarantee.MECHANISM);
        line("Composition", Guarantee.COMPOSITION);
        line("Trust model", Guarantee.TRUST);
        lines("Operator sees", Guarantee.OPERATOR_SEES);
        lines("Not protected", Guarantee.NOT_PROTECTED);
        line("Operator", operator());
        releases();
        line("Made", statement.made() + " by " + statement.software() + ". All fields: --json, or --html FILE.");
        return text.toString().stripTrailing();
    }

    private static String price(double epsilon, double rho, Loss loss) {
        return "epsilon " + Figures.atLeast(epsilon) + " at delta " + Figures.atLeast(loss.delta()) + " (rho "
                + Figures.rho(rho) + ")";
    }

    private void life(Life life) {
        BudgetShare share = new BudgetShare(life.cap(), statement.loss().price());
        line(
                "Budget",
                "epsilon " + Figures.atLeast(life.cap().epsilon()) + " at delta "
                        + Figures.atLeast(life.cap().delta()) + ", for the population's whole life since "
                        + StatementFields.day(life.openedAt()) + "; "
                        + (life.closed()
                                ? "closed, nothing more will be released"
                                : share.spent() + " of it is spent and " + share.left()
                                        + " is left, so that a release of epsilon "
                                        + Figures.atMost(life.epsilonLeft()) + " still fits. " + share.why()));
        line("Ledger's chain", life.chainHead());
    }

    private void model(Model model, @Nullable Life life) {
        line(
                "Model",
                "release " + model.release() + ", " + Figures.count(model.items()) + " items, tastes over "
                        + Figures.count(model.head()) + "; about " + Figures.count(model.people())
                        + " people (released; noise +-" + Figures.number(model.peopleSd()) + ")");
        line("Model's chain", model.ledgerHead() + (life == null ? "" : held(life)));
    }

    private static String held(Life life) {
        return Boolean.TRUE.equals(life.holdsModel())
                ? " (the ledger holds it)"
                : " (THE LEDGER DOES NOT HOLD IT: the total above leaves out what it has forgotten)";
    }

    private String contributions() {
        return String.join(
                " ",
                statement.releases().stream()
                        .map(StatementFields::contribution)
                        .distinct()
                        .toList());
    }

    private String operator() {
        String curator = statement.operator().value("data_curator_name");
        String use = statement.operator().value("intended_use");
        String contact = statement.operator().value("contact");
        return stated(curator) + "; intended use: " + stated(use) + "; contact: " + stated(contact);
    }

    private static String stated(@Nullable String value) {
        return value == null ? StatementFields.NOT_STATED : value;
    }

    private void releases() {
        if (statement.releases().isEmpty()) {
            line("Releases", "none");
            return;
        }
        boolean whole = statement.life() != null;
        text.append('\n')
                .append(new Table()
                        .column("release", HorizontalAlign.LEFT)
                        .column(whole ? "reserved" : "created", HorizontalAlign.LEFT)
                        .column("for", HorizontalAlign.LEFT)
                        .column("people", HorizontalAlign.LEFT)
                        .column("epsilon alone", HorizontalAlign.RIGHT)
                        .column("rho", HorizontalAlign.RIGHT)
                        .rows(statement.releases().stream()
                                .map(release -> List.of(
                                        release.id(),
                                        release.at().toString(),
                                        release.kind().text(),
                                        StatementFields.people(statement, release),
                                        Figures.atLeast(release.alone().epsilon()),
                                        Figures.rho(release.alone().rho())
                                                + StatementFields.deltaToo(
                                                        release.alone().price())))
                                .toList()))
                .append('\n')
                .append(new Table()
                        .column("release", HorizontalAlign.LEFT)
                        .column("vector", HorizontalAlign.LEFT)
                        .column("what it is, with noise", HorizontalAlign.LEFT)
                        .column("rho", HorizontalAlign.RIGHT)
                        .column("state", HorizontalAlign.LEFT)
                        .rows(statement.releases().stream()
                                .flatMap(release -> release.vectors().stream().map(vector -> row(release, vector)))
                                .toList()))
                .append("\n\n");
    }

    private static List<String> row(Release release, Vector vector) {
        return List.of(
                release.id(),
                vector.name(),
                StatementFields.vector(vector),
                StatementFields.charged(vector),
                vector.state() + (vector.charges() > 1 ? ", charged " + vector.charges() + " times" : ""));
    }

    private void lines(String label, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            line(i == 0 ? label : "", "- " + values.get(i));
        }
    }

    /** Appends a label and a text that is wrapped between words. */
    private void line(String label, String value) {
        text.append(String.format("%-" + LABEL + "s", label));
        int column = LABEL;
        for (String word : value.split(" ")) {
            if (column > LABEL && column + 1 + word.length() > WIDTH) {
                text.append('\n').append(" ".repeat(LABEL)).append(value.startsWith("- ") ? "  " : "");
                column = LABEL;
            } else if (column > LABEL) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        text.append('\n');
    }
}
