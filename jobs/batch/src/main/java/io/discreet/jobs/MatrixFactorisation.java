package io.discreet.jobs;

import io.discreet.evaluate.RatingErrors;
import io.discreet.evaluate.RatingSplit;
import io.discreet.evaluate.RatingSplit.Part;
import io.discreet.evaluate.peers.Biases;
import io.discreet.gram.RatedHistory;
import io.discreet.gram.RatingRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * MLlib's ALS on explicit ratings, given a fair chance: rank and penalty are those with the smallest RMSE on the validation rows, with
 * mean and biases taken off first or not, whichever is better there. A person or an item that it has not seen is predicted by the biases.
 *
 * <p>For public data only: its factors are exact, and each person has some.
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
    private final RatingSplit split;
    private final RatingRange range;
    private final List<RatedHistory> histories;
    private final Biases biases;

    MatrixFactorisation(SparkSession spark, RatingSplit split, RatingRange range, Biases biases) {
        this.spark = spark;
        this.split = split;
        this.range = range;
        this.histories = split.histories(range);
        this.biases = biases;
    }

    /** Errors on the test rows of what does best on the validation rows. */
    RatingErrors tuned() {
        Dataset<Row> validation = rows(split.validation(), new double[split.validation().size()]);
        double best = Double.POSITIVE_INFINITY;
        Fitted chosen = null;
        for (boolean centred : new boolean[] {true, false}) {
            double[] base = centred ? biases(split.training()) : new double[split.training().size()];
            Dataset<Row> training = rows(split.training(), base);
            for (int rank : RANKS) {
                for (double penalty : PENALTIES) {
                    Fitted fitted = new Fitted(fit(training, rank, penalty), centred);
                    double rmse = errors(fitted, split.validation(), validation).rmse();
                    if (chosen == null || rmse < best) {
                        best = rmse;
                        chosen = fitted;
                    }
                }
            }
        }
        if (chosen == null) {
            throw new IllegalStateException("the grid is empty");
        }
        return errors(chosen, split.test(), rows(split.test(), new double[split.test().size()]));
    }

    /** @param centred whether it has learned what is left after mean and biases */
    private record Fitted(ALSModel model, boolean centred) {}

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

    private RatingErrors errors(Fitted fitted, Part part, Dataset<Row> rows) {
        double[] biased = biases(part);
        double[] predictions = biased.clone();
        for (Row row : fitted.model().transform(rows).select("row", "prediction").collectAsList()) {
            float learned = row.getFloat(1);
            if (!Float.isNaN(learned)) {
                int at = row.getInt(0);
                predictions[at] = fitted.centred() ? biased[at] + learned : learned;
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

    /** What mean and biases say of each row. */
    private double[] biases(Part part) {
        double[] values = new double[part.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = biases.predict(histories.get(part.users()[row]), new int[] {part.items()[row]})[0];
        }
        return values;
    }

    private Dataset<Row> rows(Part part, double[] base) {
        List<Row> rows = new ArrayList<>(part.size());
        for (int row = 0; row < part.size(); row++) {
            rows.add(RowFactory.create(row, part.users()[row], part.items()[row], part.ratings()[row] - base[row]));
        }
        return spark.createDataFrame(rows, ROWS);
    }
}
