package discreet.statistics;

import discreet.history.RatedHistory;

/**
 * Computes what one user's ratings say beyond the items' biases and beyond the user's own habit of rating
 * high or low. A residual is the rating minus the item's expected rating, minus the shrunken mean of these
 * differences over the user's rows. It is a function of the user's rows and of released values alone.
 */
public final class Residuals {
    /** Number of ratings by which a user's mean is shrunk. */
    public static final double SHRINKAGE = 2;

    /**
     * Variance of a single rating about its expected value, to which an item's own uncertainty is compared.
     */
    private static final double RATING_VARIANCE = .15;

    private Residuals() {}

    /**
     * Returns the weight of a rating of an item whose bias has this posterior variance v, 1 / (1 + v / .15).
     */
    public static double certainty(double variance) {
        return 1 / (1 + variance / RATING_VARIANCE);
    }

    /**
     * Returns residuals with equal weights of all items in the user's mean.
     *
     * @param expected expected rating of each item of the catalogue
     * @return one residual per item of the history
     */
    static double[] of(RatedHistory history, double[] expected) {
        double[] residuals = differences(history, expected);
        double sum = 0;
        for (double difference : residuals) {
            sum += difference;
        }
        return minus(residuals, sum / (residuals.length + SHRINKAGE));
    }

    /**
     * Returns residuals with the user's mean weighted by how well each item is known.
     *
     * @param certainty {@link #certainty} of each item of the catalogue
     */
    static double[] of(RatedHistory history, double[] expected, double[] certainty) {
        double[] residuals = differences(history, expected);
        double sum = 0;
        double weight = 0;
        for (int at = 0; at < residuals.length; at++) {
            double each = certainty[history.items()[at]];
            sum += each * residuals[at];
            weight += each;
        }
        return minus(residuals, sum / (weight + SHRINKAGE));
    }

    private static double[] differences(RatedHistory history, double[] expected) {
        double[] differences = new double[history.size()];
        for (int at = 0; at < differences.length; at++) {
            differences[at] = history.values()[at] - expected[history.items()[at]];
        }
        return differences;
    }

    private static double[] minus(double[] differences, double mean) {
        for (int at = 0; at < differences.length; at++) {
            differences[at] -= mean;
        }
        return differences;
    }
}
