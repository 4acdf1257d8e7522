package discreet.cli.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.HorizontalAlign;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.cli.shared.Table;
import discreet.noise.Threads;
import discreet.plan.Assumptions;
import discreet.plan.PartitionSelection;
import discreet.plan.QuotedVector;
import discreet.plan.RemainingBudget;
import discreet.plan.TrainingPlan;
import discreet.plan.VectorPlan;
import discreet.privacy.Attacker;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows a quote to readers and programs. Costs are rounded up, the rest of the budget and the noise are
 * rounded down, so a quote never promises more privacy than there is.
 *
 * @param remainingBudget the budget that would pay. Null if none was named
 * @param charge what would be charged. Null if it would be refused, or no budget was named
 */
record QuoteReport(
        TrainingPlan plan,
        Assumptions assumed,
        @Nullable RemainingBudget remainingBudget,
        @Nullable Charge charge) {
    private static final int WIDTH = 110;

    /**
     * States what a training would be charged.
     *
     * @param users the users who would be charged. Null means all
     * @param due the whole price, or less where a release is resumed
     * @param after the budget after the charge
     */
    record Charge(@Nullable HashRange users, PrivacyCost due, RemainingBudget after) {
        static @Nullable Charge of(@Nullable RemainingBudget remainingBudget, PrivacyCost price) {
            return remainingBudget != null && remainingBudget.admits(price)
                    ? new Charge(null, price, remainingBudget.after(price))
                    : null;
        }
    }

    QuoteReport(TrainingPlan plan, Assumptions assumed, @Nullable RemainingBudget remainingBudget) {
        this(plan, assumed, remainingBudget, Charge.of(remainingBudget, plan.price()));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        double delta = plan.budget().delta();
        line(
                text,
                "Quote",
                "a " + plan.request().objective().name() + " training of epsilon "
                        + Figures.atLeast(plan.budget().epsilon()) + " at delta " + Figures.atLeast(delta));
        line(text, "Price", price(price(), plan.budget().epsilon(price())) + " for one account added or removed;");
        line(
                text,
                "",
                price(replaced(), plan.budget().epsilonReplacingOne(replaced()))
                        + " for one account replaced by another");
        line(text, "In plain words", Attacker.sentence(price()));
        line(
                text,
                "Assumed",
                Figures.count(assumed.people()) + " people, " + Figures.count(assumed.items())
                        + " items, a head of at most " + Figures.count(assumed.maxHead()));
        PartitionSelection selection = plan.partitionSelection();
        if (selection != null) {
            line(
                    text,
                    "Item ids",
                    "are selected privately, for delta "
                            + Figures.atLeast(selection.delta().toDouble()) + " of the "
                            + Figures.atLeast(plan.budget().deltaForItems().toDouble())
                            + " that is set apart for them");
            line(
                    text,
                    "Threshold",
                    "items below about " + Figures.number(plan.threshold())
                            + " people stay unseen; somebody with k items counts 1/sqrt(k)");
        }
        text.append(table()).append(System.lineSeparator());
        wrapped(text, "Noise", "standard deviation on each value, always there. " + plan.contributions());
        wrapped(text, "Guard", new GuardReport(plan, assumed.people()).text());
        line(
                text,
                "Head",
                "tastes are learned over " + Figures.count(plan.headSize(assumed)) + " of "
                        + Figures.count(assumed.items()) + " items");
        line(
                text,
                "Sampling",
                "about " + Figures.number(rough(plan.samplingSeconds(assumed))) + " s on " + Threads.count()
                        + " threads, at about " + Figures.number(TrainingPlan.DRAW_MICROSECONDS)
                        + " us of one core a draw (docs/design/scale.md)");
        if (remainingBudget != null) {
            remainingBudget(text, remainingBudget);
        }
        return text.toString().stripTrailing();
    }

    private void remainingBudget(StringBuilder text, RemainingBudget paying) {
        line(text, "Budget", new BudgetReport(paying).text());
        if (charge == null) {
            line(text, "Refused", "this training would be refused now (train: exit code 3)");
            return;
        }
        if (charge.users() != null) {
            line(text, "Charged to", TrainingReport.charged(charge.users()));
        }
        if (!charge.due().equals(price())) {
            line(
                    text,
                    "Charged again",
                    charge.due().equals(PrivacyCost.NOTHING)
                            ? "nothing: the release is paid for"
                            : "what may have been drawn without being sealed, rho "
                                    + Figures.rho(charge.due().rho().toDouble()) + deltaToo(charge.due()));
        }
        RemainingBudget after = charge.after();
        line(
                text,
                "After it",
                new BudgetReport(after).spentText() + ", " + new BudgetReport(after).leftText(price().delta()));
        String why = new BudgetReport(after).share().why();
        if (!why.isEmpty()) {
            line(text, "", why);
        }
        // Prices add up only for all users and a new release
        if (after.charged().equals(paying.after(price()).charged())) {
            line(text, "Fit", fitting(paying.fitting(price())));
        }
    }

    private static String deltaToo(PrivacyCost price) {
        return price.delta().isZero()
                ? ""
                : ", delta " + Figures.atLeast(price.delta().toDouble());
    }

    private static String fitting(long trainings) {
        return Figures.count(trainings) + (trainings == 1 ? " training" : " trainings") + " of this price, and no more";
    }

    static void line(StringBuilder text, String label, String value) {
        text.append(String.format("%-16s%s%n", label, value).replaceAll(" +(\\R)", "$1"));
    }

    /** Breaks words into lines, with the label in front of the first. */
    private static void wrapped(StringBuilder text, String label, String words) {
        StringBuilder line = new StringBuilder();
        String first = label;
        for (String word : words.split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                line(text, first, line.toString());
                first = "";
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        line(text, first, line.toString());
    }

    private String table() {
        return new Table()
                .column("released", HorizontalAlign.LEFT)
                .column("rho", HorizontalAlign.RIGHT)
                .column("noise", HorizontalAlign.RIGHT)
                .column("values", HorizontalAlign.RIGHT)
                .rows(plan.vectors(assumed).stream().map(QuoteReport::row).toList());
    }

    private static List<String> row(QuotedVector release) {
        VectorPlan vector = release.vector();
        return List.of(
                release.label(),
                Figures.rho(vector.rho().toDouble()),
                Figures.atMost(vector.noise()),
                Figures.count(release.values()));
    }

    private static String price(PrivacyCost price, double epsilon) {
        return "epsilon " + Figures.atLeast(epsilon) + " (rho "
                + Figures.rho(price.rho().toDouble()) + deltaToo(price) + ")";
    }

    /** Rounds up to the precision that the estimate has. */
    private static double rough(double seconds) {
        return seconds < 1 ? Math.ceil(seconds * 10) / 10 : Math.ceil(seconds);
    }

    private PrivacyCost price() {
        return plan.price();
    }

    /** Returns the price under the replace-one relation. */
    private PrivacyCost replaced() {
        return plan.replacingOne(plan.price());
    }

    ObjectNode json() {
        double delta = plan.budget().delta();
        ObjectNode json = Json.object();
        json.putObject("price")
                .put("delta", delta)
                .put("deltaForItems", plan.budget().deltaForItems().toDouble())
                .put("epsilonAsked", plan.budget().epsilon())
                .put("epsilon", plan.budget().epsilon(price()))
                .put("rho", price().rho().toDouble())
                .put("rhoUnits", price().rho().units())
                .put("deltaCharged", price().delta().toDouble())
                .put("epsilonReplaceOne", plan.budget().epsilonReplacingOne(replaced()))
                .put("rhoReplaceOne", replaced().rho().toDouble());
        PartitionSelection selection = plan.partitionSelection();
        json.put("catalogue", selection == null ? "listed" : "discovered");
        if (selection != null) {
            json.put("threshold", plan.threshold()).put("maxItemsPerUser", selection.maxItemsPerUser());
        }
        json.put("attackerAccuracy", Attacker.accuracy(price()));
        json.putObject("assumed")
                .put("people", assumed.people())
                .put("items", assumed.items())
                .put("maxHead", assumed.maxHead());
        json.put("objective", plan.request().objective().name());
        ArrayNode vectors = json.putArray("vectors");
        plan.vectors(assumed).forEach(release -> add(vectors, release.vector(), release.values()));
        json.set("guard", new GuardReport(plan, assumed.people()).json());
        json.put("head", plan.headSize(assumed))
                .put("draws", plan.draws(assumed))
                .put("threads", Threads.count())
                .put("samplingSeconds", plan.samplingSeconds(assumed));
        if (remainingBudget != null) {
            ObjectNode budget = new BudgetReport(remainingBudget)
                    .json()
                    .put("admitted", charge != null)
                    .put("fit", remainingBudget.fitting(price()));
            if (charge != null) {
                budget.put("rhoDue", charge.due().rho().toDouble())
                        .put("rhoUnitsDue", charge.due().rho().units())
                        .put("deltaDue", charge.due().delta().toDouble())
                        .put(
                                "shareSpentAfter",
                                new BudgetReport(charge.after()).share().value())
                        .put("epsilonSpentAfter", charge.after().spent())
                        .put("epsilonLeftAfter", charge.after().left(price().delta()));
                if (charge.users() != null) {
                    budget.put("cell", charge.users().text());
                }
            }
            json.set("budget", budget);
        }
        return json;
    }

    private static void add(ArrayNode vectors, VectorPlan vector, long values) {
        vectors.addObject()
                .put("name", vector.name())
                .put("rho", vector.rho().toDouble())
                .put("rhoUnits", vector.rho().units())
                .put("sigma", vector.sigma())
                .put("sensitivity", vector.sensitivity())
                .put("noise", vector.noise())
                .put("values", values);
    }
}
