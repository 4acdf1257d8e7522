package discreet.cli.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.HorizontalAlign;
import discreet.cli.shared.BudgetShare;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.cli.shared.Table;
import discreet.evaluate.Interval;
import discreet.evaluate.ReleasedQuality;
import discreet.privacy.Attacker;
import discreet.privacy.Budget;
import discreet.privacy.PrivacyCost;
import discreet.spark.evaluate.PrivateEvaluation.Result;
import java.util.ArrayList;
import java.util.List;

/** Prints a charged evaluation: released values with their intervals, and prices. */
record PrivateEvaluationReport(String population, String release, PrivateEvaluationJob.Outcome outcome)
        implements EvaluationReport {

    @Override
    public String text() {
        Result figures = outcome.figures();
        PrivacyCost price = figures.price();
        PrivacyCost replaced = figures.replaced();
        Budget cap = outcome.cap();
        double delta = cap.delta();
        List<List<String>> rows = new ArrayList<>();
        for (ReleasedQuality.Cut cut : figures.quality().cuts()) {
            rows.add(row("recall@" + cut.k(), cut.recall()));
            rows.add(row("NDCG@" + cut.k(), cut.ndcg()));
        }
        if (figures.quality().errors() != null) {
            rows.add(row("RMSE", figures.quality().errors().rootMeanSquare()));
            rows.add(row("MAE", figures.quality().errors().absolute()));
        }
        Interval people = figures.people();
        return "Measured on about " + Figures.count(people.value()) + " people with hidden items (between "
                + Figures.countAtMost(people.low()) + " and " + Figures.countAtLeast(people.high()) + ").\n"
                + new Table()
                        .column("", HorizontalAlign.LEFT)
                        .column("estimate", HorizontalAlign.RIGHT)
                        .column("from", HorizontalAlign.RIGHT)
                        .column("to", HorizontalAlign.RIGHT)
                        .rows(rows)
                + (figures.quality().errors() == null
                        ? ""
                        : "\nEverybody counts alike, however many hidden ratings: RMSE is the root of the mean over"
                                + " people of mean squared\nerrors, MAE the mean over people of mean absolute"
                                + " errors, in"
                                + " ratings.")
                + "\nFrom and to: each interval, taken by itself, covers the exact figure of these people in 95 of 100"
                + " evaluations\nlike this one; that all of them do at once is less frequent.\n"
                + "Charged to " + charged() + ": epsilon " + Figures.atLeast(cap.epsilon(price)) + " at delta "
                + Figures.atLeast(delta) + " (rho " + Figures.rho(price.rho().toDouble())
                + ") for one account added or removed;\n"
                + "epsilon " + Figures.atLeast(cap.epsilonReplacingOne(replaced)) + " (rho "
                + Figures.rho(replaced.rho().toDouble()) + ") for one account replaced by another. Release "
                + release
                + ".\n"
                + Attacker.sentence(price) + "\n"
                + "Budget: " + share().spent() + " spent, " + share().left() + " left (a release of epsilon "
                + Figures.atMost(outcome.epsilonLeft()) + " still fits). " + share().why();
    }

    private static List<String> row(String name, Interval interval) {
        return List.of(
                name,
                Figures.metric(interval.value()),
                Figures.metricAtMost(interval.low()),
                Figures.metricAtLeast(interval.high()));
    }

    private BudgetShare share() {
        return new BudgetShare(outcome.cap(), outcome.charged());
    }

    private String charged() {
        return "population '" + population + "'"
                + (outcome.users() == null
                        ? ""
                        : ", the " + Figures.number(100 * outcome.users().share()) + " % of it who were set apart");
    }

    @Override
    public String json() {
        Result figures = outcome.figures();
        ObjectNode json = Json.object().put("population", population).put("release", release);
        put(json.putObject("people"), figures.people());
        ArrayNode cuts = json.putArray("figures");
        for (ReleasedQuality.Cut cut : figures.quality().cuts()) {
            ObjectNode node = cuts.addObject().put("k", cut.k());
            put(node.putObject("recall"), cut.recall());
            put(node.putObject("ndcg"), cut.ndcg());
        }
        if (figures.quality().errors() != null) {
            ObjectNode errors = json.putObject("errors");
            put(errors.putObject("rmse"), figures.quality().errors().rootMeanSquare());
            put(errors.putObject("mae"), figures.quality().errors().absolute());
        }
        json.put("coverageOfIntervals", Interval.COVERAGE);
        if (outcome.users() != null) {
            json.put("cell", outcome.users().text());
        }
        json.putObject("price")
                .put("delta", outcome.cap().delta())
                .put("epsilon", outcome.cap().epsilon(figures.price()))
                .put("rho", figures.price().rho().toDouble())
                .put("epsilonReplaceOne", outcome.cap().epsilonReplacingOne(figures.replaced()))
                .put("rhoReplaceOne", figures.replaced().rho().toDouble());
        return Json.text(json.put("attackerAccuracy", Attacker.accuracy(figures.price()))
                .put("shareSpent", share().value())
                .put("epsilonLeft", outcome.epsilonLeft()));
    }

    private static void put(ObjectNode node, Interval interval) {
        node.put("estimate", interval.value()).put("low", interval.low()).put("high", interval.high());
    }
}
