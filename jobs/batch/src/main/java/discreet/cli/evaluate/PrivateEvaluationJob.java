package discreet.cli.evaluate;

import discreet.catalogue.ListRules;
import discreet.cli.shared.BudgetShare;
import discreet.cli.shared.ChargedFailure;
import discreet.cli.shared.Figures;
import discreet.cli.shared.InputLines;
import discreet.cli.shared.Progress;
import discreet.cli.shared.RequiredRatings;
import discreet.cli.shared.SecuredSession;
import discreet.history.HashRangeFile;
import discreet.history.RatingsInput;
import discreet.history.RatingsSchema;
import discreet.history.RowRules;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.model.ReleasedModel;
import discreet.plan.PeopleGuard;
import discreet.plan.RemainingBudget;
import discreet.privacy.Budget;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import discreet.spark.evaluate.PrivateEvaluation;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.RatingsReader;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a model on private users against a budget.
 *
 * @param epsilon price at the population's delta
 * @param guard decides from the released number of test people whether the evaluation goes on
 * @param release id of the evaluation, new or to be resumed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PrivateEvaluationJob(
        ReleasedModel model,
        ListRules rules,
        RatingsInput histories,
        RatingsInput holdout,
        double minRating,
        int[] cutoffs,
        Ledger ledger,
        String population,
        double epsilon,
        PeopleGuard guard,
        String release) {

    /**
     * Reports the released figures, and what is left of the budget.
     *
     * @param users the users who were charged. Null means all
     * @param charged what the population has spent
     */
    record Outcome(
            PrivateEvaluation.Result figures,
            @Nullable HashRange users,
            double epsilonLeft,
            Budget cap,
            PrivacyCost charged) {}

    /** Reports what the evaluation would cost. Reads no ratings, and starts no Spark. */
    PrivateEvaluationQuote quote() {
        HashRange users = users();
        PrivateEvaluation.Quote quote = evaluation().quote(rows(users));
        Population paying = ledger.population(population);
        RemainingBudget now = RemainingBudget.of(paying.status());
        return new PrivateEvaluationQuote(
                quote, guard, users, now, now.withCharged(paying.chargedWith(users, quote.due())));
    }

    private PrivateEvaluation evaluation() {
        return new PrivateEvaluation(ledger, population, release, epsilon, guard, model, rules, cutoffs);
    }

    private RowRules rows(@Nullable HashRange users) {
        return new RowRules(minRating, Integer.MAX_VALUE, users);
    }

    Outcome run(PrintWriter err) {
        Consumer<String> progress = Progress.onTerminal(err);
        // Before Spark starts, so that a bad model or budget is refused at once
        HashRange users = users();
        RowRules rows = rows(users);
        PrivateEvaluation evaluation = evaluation();
        evaluation.check(rows);
        RatingsSchema knownFiles = schema(histories);
        RatingsSchema hiddenFiles = schema(holdout);
        InputLines.of("Histories", knownFiles).forEach(err::println);
        InputLines.of("Hold-out", hiddenFiles).forEach(err::println);
        err.println(price(evaluation.quote(rows).due()));
        try (SecuredSession sessions = SecuredSession.start("evaluate", err)) {
            SparkSession spark = sessions.session();
            progress.accept("Measuring");
            err.println("Release " + release + " is about to be charged to " + payers(users)
                    + ". If this run is stopped," + " run it again with --release " + release + ".");
            err.flush();
            PrivateEvaluation.Result result =
                    evaluation.run(read(spark, knownFiles, rows), read(spark, hiddenFiles, rows));
            var status = ledger.population(population).status();
            return new Outcome(result, users, status.epsilonLeft(), status.cap(), status.charged());
        } catch (Exception e) {
            throw ChargedFailure.of(e, "the evaluation", () -> ledger.population(population), release);
        }
    }

    private String price(PrivacyCost due) {
        Budget cap = ledger.population(population).cap();
        return InputLines.line(
                "Price",
                due.rho().toDouble() == 0
                        ? "nothing more, the release is charged already"
                        : "epsilon " + Figures.atLeast(cap.epsilon(due)) + ", " + new BudgetShare(cap, due).spent()
                                + " of the budget of population '" + population + "'");
    }

    private String payers(@Nullable HashRange users) {
        return (users == null ? "everybody in" : "the people set apart in") + " population '" + population + "'";
    }

    /** Returns the hash range of both sides if they come from one split. Only its users are charged then. */
    private @Nullable HashRange users() {
        HashRange known = HashRangeFile.find(histories.path());
        return Objects.equals(known, HashRangeFile.find(holdout.path())) ? known : null;
    }

    /** Finds the columns of one side, and refuses what the model cannot read before anything is charged. */
    private RatingsSchema schema(RatingsInput input) {
        RatingsSchema found = RatingsSchema.of(input);
        RequiredRatings.check("evaluate", input.path(), found.hasRatings(), model.historyForm());
        found.requireFits(model.catalogue());
        return found;
    }

    private Histories read(SparkSession spark, RatingsSchema files, RowRules rules) {
        return Histories.of(RatingsReader.open(spark, files), files.input().columns(), model.catalogue(), rules);
    }
}
