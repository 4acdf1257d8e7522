package discreet.cli.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.HorizontalAlign;
import discreet.cli.shared.BudgetShare;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.cli.shared.Table;
import discreet.evaluate.Interval;
import discreet.plan.PeopleGuard;
import discreet.plan.RemainingBudget;
import discreet.plan.VectorPlan;
import discreet.privacy.Attacker;
import discreet.privacy.Budget;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import discreet.spark.evaluate.PrivateEvaluation.Quote;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints what a charged evaluation would cost. Costs are rounded up and the rest of the budget down.
 *
 * @param users the users who would be charged. Null means all
 * @param before the budget as it stands
 * @param after the budget after the charge
 */
record PrivateEvaluationQuote(
        Quote quote, PeopleGuard guard, @Nullable HashRange users, RemainingBudget before, RemainingBudget after)
        implements EvaluationReport {
    private static final List<Integer> TEST_PEOPLE = List.of(100, 1_000, 10_000);

    @Override
    public String text() {
        Budget cap = before.cap();
        StringBuilder text = new StringBuilder();
        line(text, "Quote", "an evaluation, at delta " + Figures.atLeast(cap.delta()));
        line(text, "Price", price(quote.price(), cap.epsilon(quote.price())) + " for one account added or removed;");
        line(
                text,
                "",
                price(quote.replaced(), cap.epsilonReplacingOne(quote.replaced()))
                        + " for one account replaced by another");
        line(text, "In plain words", Attacker.sentence(quote.price()));
        text.append(new Table()
                        .column("released", HorizontalAlign.LEFT)
                        .column("rho", HorizontalAlign.RIGHT)
                        .column("noise", HorizontalAlign.RIGHT)
                        .rows(List.of(
                                row("number of test people", quote.testPeople()),
                                row("sums of metrics", quote.metrics()))))
                .append(System.lineSeparator());
        line(text, "Guard", guardText());
        TEST_PEOPLE.forEach(people -> line(
                text,
                "Intervals",
                "about +-" + Figures.metricAtLeast(halfWidth(people)) + " for a figure between 0 and 1 and "
                        + Figures.count(people) + " test people"));
        if (!quote.due().equals(quote.price())) {
            line(text, "Charged again", "rho " + Figures.rho(quote.due().rho().toDouble()) + ": the rest is paid for");
        }
        line(text, "Charged to", charged());
        line(
                text,
                "After it",
                "epsilon " + Figures.atLeast(after.spent()) + " (" + share().spent() + " of the budget) spent, epsilon "
                        + Figures.atMost(after.left()) + " left");
        if (!share().why().isEmpty()) {
            line(text, "", share().why());
        }
        return text + "A dry run: nothing was charged and no rating was read.";
    }

    private BudgetShare share() {
        return new BudgetShare(after.cap(), after.charged());
    }

    private String guardText() {
        return guard.atLeast() == 0
                ? "is off: the evaluation goes on with any number of people"
                : "the evaluation stops after its first hundredth unless the released number of test people is above "
                        + Figures.count(
                                (long) Math.ceil(guard.limit(quote.testPeople().noise())));
    }

    private double halfWidth(int people) {
        Interval interval = Interval.mean(0, people, quote.metrics().noise());
        return (interval.high() - interval.low()) / 2;
    }

    private String charged() {
        return "population '" + before.population() + "'"
                + (users == null ? "" : ", the " + Figures.number(100 * users.share()) + " % of it who were set apart");
    }

    private static List<String> row(String label, VectorPlan vector) {
        return List.of(label, Figures.rho(vector.rho().toDouble()), Figures.atMost(vector.noise()));
    }

    private static String price(PrivacyCost price, double epsilon) {
        return "epsilon " + Figures.atLeast(epsilon) + " (rho "
                + Figures.rho(price.rho().toDouble()) + ")";
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(String.format("%-16s%s%n", label, value));
    }

    @Override
    public String json() {
        Budget cap = before.cap();
        ObjectNode json = Json.object().put("population", before.population()).put("dryRun", true);
        json.putObject("price")
                .put("delta", cap.delta())
                .put("epsilon", cap.epsilon(quote.price()))
                .put("rho", quote.price().rho().toDouble())
                .put("epsilonReplaceOne", cap.epsilonReplacingOne(quote.replaced()))
                .put("rhoReplaceOne", quote.replaced().rho().toDouble())
                .put("rhoDue", quote.due().rho().toDouble());
        ArrayNode vectors = json.putArray("vectors");
        for (VectorPlan vector : List.of(quote.testPeople(), quote.metrics())) {
            vectors.addObject()
                    .put("name", vector.name())
                    .put("rho", vector.rho().toDouble())
                    .put("noise", vector.noise());
        }
        json.putObject("guard")
                .put("atLeastPeople", guard.atLeast())
                .put(
                        "limit",
                        guard.atLeast() == 0
                                ? 0
                                : guard.limit(quote.testPeople().noise()));
        if (users != null) {
            json.put("cell", users.text());
        }
        return Json.text(json.put("shareSpentAfter", share().value())
                .put("epsilonSpentAfter", after.spent())
                .put("epsilonLeftAfter", after.left()));
    }
}
