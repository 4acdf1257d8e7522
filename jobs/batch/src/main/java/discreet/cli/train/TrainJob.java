package discreet.cli.train;

import discreet.DiscreetException;
import discreet.catalogue.Catalogue;
import discreet.cli.shared.ChargedFailure;
import discreet.cli.shared.Progress;
import discreet.cli.shared.SecuredSession;
import discreet.history.RatingsSchema;
import discreet.ledger.Population;
import discreet.model.ModelFiles;
import discreet.model.ReleasedModel;
import discreet.plan.TrainingPlan;
import discreet.spark.ratings.RatingsReader;
import discreet.spark.train.Trainer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model on Spark and writes it to a folder.
 *
 * @param plan what is charged
 * @param ratings the files of the ratings and their columns
 * @param catalogue the public catalogue. Null if private partition selection finds the item ids
 * @param population pays
 * @param release id of the training, new or to be resumed
 * @param model where the model goes
 */
record TrainJob(
        TrainingPlan plan,
        RatingsSchema ratings,
        @Nullable Catalogue catalogue,
        Population population,
        String release,
        Path model) {

    /**
     * @param err receives progress, and the id of the release once it is charged and before anything is drawn
     */
    TrainingReport run(PrintWriter err) {
        ReleaseNotice progress = new ReleaseNotice(err, Progress.onTerminal(err));
        ReleasedModel trained;
        try (SecuredSession secured = SecuredSession.start("train", err)) {
            SparkSession spark = secured.session();
            trained = new Trainer(plan, population, release, progress)
                    .train(RatingsReader.open(spark, ratings), ratings.input().columns(), catalogue);
            progress.accept("Writing the model");
            ModelFiles.write(trained, model);
        } catch (Exception e) {
            throw failure(e, progress.isReserved());
        }
        return new TrainingReport(trained, plan, model, population.status());
    }

    /** @param started whether this run has come past the reservation */
    private DiscreetException failure(Exception error, boolean started) {
        // An error before the reservation charges nothing
        return error instanceof DiscreetException own && !started
                ? own
                : ChargedFailure.of(error, "training", () -> population, release);
    }

    /**
     * Passes progress on, and names the release once it is in the ledger, from when on a killed run can be
     * resumed.
     */
    private final class ReleaseNotice implements Consumer<String> {
        private final PrintWriter err;
        private final Consumer<String> progress;
        private boolean named;

        ReleaseNotice(PrintWriter err, Consumer<String> progress) {
            this.err = err;
            this.progress = progress;
        }

        /** Returns whether this run has come past the reservation. */
        boolean isReserved() {
            return named;
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
