package discreet.cli.evaluate;

import discreet.InputException;
import discreet.cli.shared.Progress;
import discreet.cli.shared.RequiredRatings;
import discreet.cli.shared.SecuredSession;
import discreet.evaluate.RatedUser;
import discreet.evaluate.RatingErrors;
import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import discreet.history.RatingsInput;
import discreet.history.RowRules;
import discreet.history.UserHistory;
import discreet.model.RatingModel;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.RatingsReader;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.SparkSession;

/**
 * Evaluates predicted ratings on public data. Histories and hidden ratings are grouped on Spark and then
 * collected, so the public users to test on have to fit into the driver's memory at about 12 bytes per
 * rating.
 */
record RatingEvaluateJob(RatingModel model, RatingsInput histories, RatingsInput holdout, double minRating) {

    RatingReport run(PrintWriter err) {
        Consumer<String> progress = Progress.onTerminal(err);
        List<RatedUser> people;
        try (SecuredSession sessions = SecuredSession.start("evaluate", err)) {
            progress.accept("Reading people");
            people = people(sessions.session());
        }
        if (people.isEmpty()) {
            throw new InputException("Cannot evaluate: nobody in " + holdout.path()
                    + " has a hidden rating of an item that is in the model's catalogue. Give the histories and"
                    + " holdout of one split.");
        }
        progress.accept("Measuring the model");
        return new RatingReport(RatingErrors.of(model.scorer()::predict, people));
    }

    private List<RatedUser> people(SparkSession spark) {
        RatingRange range = model.ratingRange();
        return read(spark, holdout).leftOuterJoin(read(spark, histories)).sortByKey().values().collect().stream()
                .map(sides -> RatedUser.of(
                        sides._2()
                                .orElse(UserHistory.empty(model.historyForm()))
                                .counted(),
                        sides._1().counted(),
                        range))
                .filter(person -> person.items().length > 0)
                .toList();
    }

    private JavaPairRDD<String, UserHistory<RatedHistory>> read(SparkSession spark, RatingsInput input) {
        Histories rows = Histories.of(
                RatingsReader.open(spark, input),
                input.columns(),
                model.catalogue(),
                new RowRules(minRating, Integer.MAX_VALUE));
        RequiredRatings.check("evaluate", input.path(), rows.hasRatings(), model.historyForm());
        return rows.byUser(model.historyForm());
    }
}
