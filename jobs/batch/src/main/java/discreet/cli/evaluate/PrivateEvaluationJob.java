package discreet.cli.evaluate;

import discreet.DiscreetException;
import discreet.RunException;
import discreet.catalogue.ListRules;
import discreet.cli.shared.CommandFailure;
import discreet.cli.shared.Progress;
import discreet.cli.shared.RequiredRatings;
import discreet.cli.shared.SecuredSession;
import discreet.history.RatingColumns;
import discreet.history.RowRules;
import discreet.ledger.Ledger;
import discreet.model.ReleasedModel;
import discreet.privacy.HashRange;
import discreet.spark.evaluate.PrivateEvaluation;
import discreet.spark.ratings.HashRangeFile;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.RatingsReader;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation on private people, against a budget.
 *
 * @param epsilon what it may cost at the population's delta
 * @param release its id, new or to be taken up again
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PrivateEvaluationJob(
        ReleasedModel model,
        ListRules rules,
        String histories,
        String holdout,
        RatingColumns columns,
        double minRating,
        int[] cutoffs,
        Ledger ledger,
        String population,
        double epsilon,
        String release) {

    /**
     * What was measured.
     *
     * @param hashRange the only people it was charged to; null: everybody
     */
    record Outcome(
            PrivateEvaluation.Result figures, @Nullable HashRange hashRange, double epsilonLeft, double delta) {}

    Outcome run(PrintWriter err) {
        Consumer<String> progress = Progress.onTerminal(err);
        // Without Spark: what is refused for its model or its budget is refused at once
        HashRange hashRange = hashRange();
        RowRules rows = new RowRules(minRating, Integer.MAX_VALUE, hashRange);
        PrivateEvaluation evaluation =
                new PrivateEvaluation(ledger, population, release, epsilon, model, rules, cutoffs);
        evaluation.check(rows);
        try (SecuredSession sessions = SecuredSession.start("evaluate", err)) {
            SparkSession spark = sessions.session();
            progress.accept("Measuring");
            err.println("Release " + release + " is about to be charged to " + payers(hashRange)
                    + ". If this run is stopped," + " run it again with --release " + release + ".");
            err.flush();
            Histories known = read(spark, histories, rows);
            Histories hidden = read(spark, holdout, rows);
            RequiredRatings.check("evaluate", histories, known.hasRatings(), model.historyForm());
            RequiredRatings.check("evaluate", holdout, hidden.hasRatings(), model.historyForm());
            PrivateEvaluation.Result result = evaluation.run(known, hidden);
            var status = ledger.population(population).status();
            return new Outcome(
                    result, hashRange, status.epsilonLeft(), status.cap().delta());
        } catch (Exception e) {
            DiscreetException known = CommandFailure.known(e);
            throw known != null ? known : new RunException(stopped(CommandFailure.reason(e)));
        }
    }

    private String payers(@Nullable HashRange hashRange) {
        return (hashRange == null ? "everybody in" : "the people set apart in") + " population '" + population + "'";
    }

    /** The cell of both sides, where they are of one split: its people alone are charged. */
    private @Nullable HashRange hashRange() {
        HashRange known = HashRangeFile.find(histories);
        return Objects.equals(known, HashRangeFile.find(holdout)) ? known : null;
    }

    private Histories read(SparkSession spark, String path, RowRules rules) {
        return Histories.of(RatingsReader.open(spark, path, columns), columns, model.catalogue(), rules);
    }

    private String stopped(String reason) {
        return ledger.population(population).isReserved(release)
                ? "Cannot finish the evaluation: " + reason
                        + " Nothing beyond what discreet ledger show says was charged; with --release " + release
                        + " the run goes on where it stopped."
                : "Cannot finish the evaluation: " + reason + " Nothing was charged.";
    }
}
