package discreet.cli.train;

import discreet.DiscreetException;
import discreet.RunException;
import discreet.cli.shared.CommandFailure;
import discreet.cli.shared.Progress;
import discreet.cli.shared.SecuredSession;
import discreet.history.RatingColumns;
import discreet.history.RatingRange;
import discreet.ledger.Population;
import discreet.model.ModelFiles;
import discreet.model.ReleasedModel;
import discreet.model.TrainingParameters;
import discreet.plan.RatingPlan;
import discreet.plan.TrainingPlan;
import discreet.privacy.HashRange;
import discreet.spark.DiscreetRecommender;
import discreet.spark.ratings.HashRangeFile;
import discreet.spark.ratings.RatingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A training on Spark.
 *
 * @param ratings path of the ratings
 * @param items path of the public catalogue; null: item ids are found out
 * @param ledgerUrl the ledger that {@code population} is in
 * @param quote what is learned, and what it may cost
 * @param release its id, new or to be taken up again
 * @param model where the model goes
 */
record TrainJob(
        String ratings,
        RatingColumns columns,
        @Nullable String items,
        TrainingParameters parameters,
        Population population,
        String ledgerUrl,
        TrainingPlan quote,
        String release,
        Path model) {

    /** @param err for progress, and for the id of the release as soon as it is charged and before anything is drawn */
    TrainingReport run(PrintWriter err) {
        Consumer<String> progress = new ReleaseNotice(err, Progress.onTerminal(err));
        ReleasedModel trained;
        HashRange people;
        try (SecuredSession spark = SecuredSession.start("train", err)) {
            people = HashRangeFile.find(spark.session(), ratings);
            DiscreetRecommender recommender =
                    people == null ? new DiscreetRecommender() : new DiscreetRecommender().setPeople(people);
            if (items != null) {
                recommender.setItems(items);
            }
            if (quote instanceof RatingPlan rating) {
                recommender.setExpectedPeople(rating.expectedPeople());
            }
            RatingRange range = parameters.ratingRange();
            if (range != null) {
                recommender.setRatingRange(range.low(), range.high());
            }
            trained = recommender
                    .setObjective(quote.objective())
                    .setLedger(ledgerUrl)
                    .setPopulation(population.name())
                    .setEpsilon(quote.budget().epsilon())
                    .setReleaseId(release)
                    .setItemIdCol(columns.item())
                    .setMinRating(parameters.minRating())
                    .setMaxItemsPerUser(parameters.maxItemsPerUser())
                    .setMaxHead(parameters.maxHead())
                    .setContent(parameters.content())
                    .setUserCol(columns.user())
                    .setItemCol(columns.item())
                    .setRatingCol(columns.rating())
                    .setTimestampCol(columns.timestamp())
                    .setProgress(progress)
                    .fit(RatingsReader.open(spark.session(), ratings, columns))
                    .model();
            progress.accept("Writing the model");
            ModelFiles.write(trained, model);
        } catch (Exception e) {
            DiscreetException known = CommandFailure.known(e);
            throw known != null ? known : new RunException(stopped(CommandFailure.reason(e)));
        }
        return new TrainingReport(trained, model, people, population.status());
    }

    private String stopped(String reason) {
        return population.isReserved(release)
                ? "Cannot finish training: " + reason
                        + " Nothing beyond what discreet ledger show says was charged; with" + " --release " + release
                        + " the run goes on where it stopped."
                : "Cannot finish training: " + reason + " Nothing was charged.";
    }

    /** Passes progress on, and names the release once it is in the ledger: then a run that is killed can be taken up. */
    private final class ReleaseNotice implements Consumer<String> {
        private final PrintWriter err;
        private final Consumer<String> progress;
        private boolean named;

        ReleaseNotice(PrintWriter err, Consumer<String> progress) {
            this.err = err;
            this.progress = progress;
        }

        @Override
        public void accept(String step) {
            if (!named && population.isReserved(release)) {
                named = true;
                err.println("Release " + release + " of population '" + population.name()
                        + "' is charged. If this run is stopped, run it again with --release " + release + ".");
                err.flush();
            }
            progress.accept(step);
        }
    }
}
