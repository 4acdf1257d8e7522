package discreet.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.evaluate.RatingErrors;
import discreet.evaluate.baselines.Biases;
import discreet.evaluate.movielens.RatingSplit;
import discreet.evaluate.movielens.RatingSplit.Part;
import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Fits MLlib's ALS to explicit ratings as a baseline. Rank and penalty are those with the smallest RMSE on
 * validation rows. Mean and biases are subtracted first if that does better there. A user or item unseen in
 * training is predicted by the biases.
 *
 * <p>For public data only, since its factors are exact and each user has some.
 */
final class MatrixFactorisation {
    private static final int[] RANKS = {20, 60};
    private static final double[] PENALTIES = {.03, .05, .08};
    private static final int ROUNDS = 15;
    private static final StructType ROWS = new StructType()
            .add("row", DataTypes.IntegerType)
            .add("user", DataTypes.IntegerType)
            .add("item", DataTypes.IntegerType)
            .add("rating", DataTypes.DoubleType);

    private final SparkSession spark;
    private final Path folder;
    private final RatingSplit split;
    private final RatingRange range;
    private final List<RatedHistory> histories;
    private final Biases biases;
    private int files;

    /** @param folder an empty folder, removed by its owner */
    MatrixFactorisation(SparkSession spark, Path folder, RatingSplit split, RatingRange range, Biases biases) {
        this.spark = spark;
        this.folder = folder;
        this.split = split;
        this.range = range;
        this.histories = split.histories(range);
        this.biases = biases;
    }

    /**
     * Hyperparameters.
     *
     * @param centred whether ALS learns the residuals after mean and biases
     */
    record Setting(int rank, double penalty, boolean centred) {}

    /** Returns the setting with the smallest RMSE on the validation rows. */
    Setting best() {
        Dataset<Row> validation =
                rows(split.validation(), new double[split.validation().size()]);
        double smallest = Double.POSITIVE_INFINITY;
        Setting best = new Setting(RANKS[0], PENALTIES[0], true);
        for (boolean centred : new boolean[] {true, false}) {
            Dataset<Row> training = training(centred);
            for (int rank : RANKS) {
                for (double penalty : PENALTIES) {
                    ALSModel fitted = fit(training, rank, penalty);
                    double rmse = errors(fitted, centred, split.validation(), validation)
                            .rmse();
                    if (rmse < smallest) {
                        smallest = rmse;
                        best = new Setting(rank, penalty, centred);
                    }
                }
            }
        }
        return best;
    }

    /** Returns the errors on the test rows. */
    RatingErrors errors(Setting setting) {
        ALSModel fitted = fit(training(setting.centred()), setting.rank(), setting.penalty());
        return errors(
                fitted,
                setting.centred(),
                split.test(),
                rows(split.test(), new double[split.test().size()]));
    }

    private Dataset<Row> training(boolean centred) {
        return rows(
                split.training(),
                centred ? biases(split.training()) : new double[split.training().size()]);
    }

    private static ALSModel fit(Dataset<Row> training, int rank, double penalty) {
        return new ALS()
                .setRank(rank)
                .setRegParam(penalty)
                .setMaxIter(ROUNDS)
                .setSeed(1)
                .setUserCol("user")
                .setItemCol("item")
                .setRatingCol("rating")
                .fit(training);
    }

    private RatingErrors errors(ALSModel fitted, boolean centred, Part part, Dataset<Row> rows) {
        double[] biased = biases(part);
        double[] predictions = biased.clone();
        for (Row row : fitted.transform(rows).select("row", "prediction").collectAsList()) {
            float learned = row.getFloat(1);
            if (!Float.isNaN(learned)) {
                int at = row.getInt(0);
                predictions[at] = centred ? biased[at] + learned : learned;
            }
        }
        double squared = 0;
        double absolute = 0;
        for (int at = 0; at < predictions.length; at++) {
            double error = Math.max(range.low(), Math.min(range.high(), predictions[at])) - part.ratings()[at];
            squared += error * error;
            absolute += Math.abs(error);
        }
        int pairs = predictions.length;
        int people = (int) Arrays.stream(part.users()).distinct().count();
        return new RatingErrors(people, pairs, Math.sqrt(squared / pairs), absolute / pairs);
    }

    /** Predicts each row from mean and biases. */
    private double[] biases(Part part) {
        double[] values = new double[part.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = biases.predict(histories.get(part.users()[row]), new int[] {part.items()[row]})[0];
        }
        return values;
    }

    /** Passes the rows through a file. A million rows inside the plan would be sent along with every task. */
    private Dataset<Row> rows(Part part, double[] base) {
        Path csv = folder.resolve("factors-" + ++files + ".csv");
        try (BufferedWriter out = Files.newBufferedWriter(csv, UTF_8)) {
            for (int row = 0; row < part.size(); row++) {
                out.write(row + "," + part.users()[row] + "," + part.items()[row] + ","
                        + (part.ratings()[row] - base[row]) + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return spark.read().schema(ROWS).csv(csv.toString());
    }
}
