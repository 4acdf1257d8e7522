package discreet.cli.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.HorizontalAlign;
import discreet.cli.shared.BudgetShare;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.cli.shared.LedgerOption;
import discreet.cli.shared.LedgerTrust;
import discreet.cli.shared.Table;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.ledger.PopulationStatus;
import discreet.ledger.ReleaseStatus;
import discreet.privacy.Attacker;
import discreet.privacy.HashRange;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@code discreet ledger show}, which shows what populations have spent. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Shows what populations have spent, or one with its releases.",
        footer = {"", "Example:", "  discreet ledger show --population viewers"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LedgerShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--population",
            paramLabel = "NAME",
            description = "One population with its releases (default: all populations).")
    private @Nullable String population;

    @Mixin
    private LedgerOption ledger;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (Ledger opened = ledger.open()) {
            if (population == null) {
                showAll(out, opened.populations());
            } else {
                Population one = opened.population(population);
                showOne(out, one.status(), one.releases(), LedgerTrust.warning(one));
            }
            return 0;
        }
    }

    private void showAll(PrintWriter out, List<Population> all) {
        if (json) {
            ObjectNode object = Json.object().put("ledger", ledger.shown());
            ArrayNode list = object.putArray("populations");
            all.forEach(one -> list.add(json(one.status(), LedgerTrust.warning(one))));
            out.println(Json.text(object));
        } else if (all.isEmpty()) {
            out.println("No population has been opened in " + ledger.shown() + ".");
        } else {
            List<PopulationStatus> statuses =
                    all.stream().map(Population::status).toList();
            out.println(table(statuses));
            statuses.stream()
                    .map(LedgerShowCommand::why)
                    .filter(why -> !why.isEmpty())
                    .findFirst()
                    .ifPresent(out::println);
            all.stream()
                    .map(LedgerTrust::warning)
                    .filter(warning -> !warning.isEmpty())
                    .forEach(out::println);
        }
    }

    private static String table(List<PopulationStatus> all) {
        return new Table()
                .column("population", HorizontalAlign.LEFT)
                .column("cap", HorizontalAlign.RIGHT)
                .column("delta", HorizontalAlign.RIGHT)
                .column("budget spent", HorizontalAlign.RIGHT)
                .column("epsilon spent", HorizontalAlign.RIGHT)
                .column("epsilon left", HorizontalAlign.RIGHT)
                .column("releases", HorizontalAlign.RIGHT)
                .column("state", HorizontalAlign.LEFT)
                .rows(all.stream()
                        .map(status -> List.of(
                                status.name(),
                                Figures.atLeast(status.cap().epsilon()),
                                Figures.atLeast(status.cap().delta()),
                                share(status).spent(),
                                Figures.atLeast(status.epsilonSpent()),
                                Figures.atMost(status.epsilonLeft()),
                                Integer.toString(status.releases()),
                                status.closed() ? "closed" : "open"))
                        .toList());
    }

    private void showOne(PrintWriter out, PopulationStatus status, List<ReleaseStatus> releases, String warning) {
        if (json) {
            ObjectNode object = json(status, warning).put("ledger", ledger.shown());
            ArrayNode list = object.putArray("charges");
            releases.forEach(release -> list.add(json(release)));
            out.println(Json.text(object));
            return;
        }
        out.println(table(List.of(status)));
        if (!why(status).isEmpty()) {
            out.println(why(status));
        }
        if (!warning.isEmpty()) {
            out.println(warning);
        }
        out.println("In plain words, after what is spent: " + Attacker.sentence(status.charged()));
        if (!status.charged().delta().isZero()) {
            out.println("Delta " + Figures.atLeast(status.charged().delta().toDouble()) + " of the "
                    + Figures.atLeast(status.cap().deltaForItems().toDouble())
                    + " that is set apart for item ids is spent, for ids that were selected privately.");
        }
        out.println("Releases are kept in " + status.store() + ".");
        if (!releases.isEmpty()) {
            out.println(table(status, releases));
        }
    }

    private static BudgetShare share(PopulationStatus status) {
        return new BudgetShare(status.cap(), status.charged());
    }

    private static String why(PopulationStatus status) {
        return share(status).why();
    }

    private static String table(PopulationStatus status, List<ReleaseStatus> releases) {
        return new Table()
                .column("release", HorizontalAlign.LEFT)
                .column("reserved at", HorizontalAlign.LEFT)
                .column("of the budget", HorizontalAlign.RIGHT)
                .column("epsilon alone", HorizontalAlign.RIGHT)
                .column("rho", HorizontalAlign.RIGHT)
                .column("charged to", HorizontalAlign.LEFT)
                .column("vectors", HorizontalAlign.LEFT)
                .rows(releases.stream()
                        .map(release -> List.of(
                                release.releaseId(),
                                release.reservedAt().toString(),
                                new BudgetShare(status.cap(), release.charged()).spent(),
                                Figures.atLeast(status.cap().epsilon(release.charged())),
                                Figures.rho(release.charged().rho().toDouble()),
                                text(release.hashRange()),
                                release.vectors().stream()
                                        .map(LedgerShowCommand::text)
                                        .collect(Collectors.joining(", "))))
                        .toList());
    }

    private static String text(@Nullable HashRange users) {
        return users == null
                ? "everybody"
                : Figures.number(100 * users.share()) + " %, from "
                        + Figures.number((double) users.from() / HashRange.POSITIONS) + " of hash '"
                        + users.salt() + "'";
    }

    private static String text(ReleaseStatus.VectorStatus vector) {
        return vector.name() + " " + vector.state().text()
                + (vector.attempts() > 1 ? " (charged " + vector.attempts() + " times)" : "");
    }

    private static ObjectNode json(PopulationStatus status, String warning) {
        return warning.isEmpty() ? json(status) : json(status).put("warning", warning);
    }

    static ObjectNode json(PopulationStatus status) {
        return Json.object()
                .put("population", status.name())
                .put("epsilon", status.cap().epsilon())
                .put("delta", status.cap().delta())
                .put("deltaForItems", status.cap().deltaForItems().toDouble())
                .put("rhoSpent", status.charged().rho().toDouble())
                .put("deltaSpent", status.charged().delta().toDouble())
                .put("shareSpent", share(status).value())
                .put("epsilonSpent", status.epsilonSpent())
                .put("epsilonLeft", status.epsilonLeft())
                .put("releases", status.releases())
                .put("closed", status.closed())
                .put("store", status.store().toString())
                .put("chainHead", status.chainHead())
                .put("openedAt", status.openedAt().toString());
    }

    private static ObjectNode json(ReleaseStatus release) {
        ObjectNode object = Json.object()
                .put("release", release.releaseId())
                .put("reservedAt", release.reservedAt().toString())
                .put("rho", release.charged().rho().toDouble())
                .put("deltaCharged", release.charged().delta().toDouble())
                .put("sealed", release.isSealed())
                .put("stopped", release.isStopped());
        if (release.hashRange() != null) {
            object.put("cell", release.hashRange().text());
        }
        object.set("parameters", Json.parsed(release.parameters()));
        ArrayNode vectors = object.putArray("vectors");
        release.vectors()
                .forEach(vector -> vectors.addObject()
                        .put("name", vector.name())
                        .put("state", vector.state().text())
                        .put("attempts", vector.attempts()));
        return object;
    }
}
