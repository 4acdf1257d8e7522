package discreet.statistics;

import discreet.history.RatedHistory;

/**
 * What one person's ratings say beyond the items' biases and beyond the person's own habit of rating high or low: rating minus what the
 * item is expected to get, minus the shrunken mean of these differences over the person's rows. A function of the person's rows and of
 * released values alone.
 */
public final class Residuals {
    /** How many ratings a person's mean is shrunk by. */
    public static final double SHRINKAGE = 2;

    /** Variance of a single rating about what is expected of it, which an item's own uncertainty is held against. */
    private static final double RATING_VARIANCE = .15;

    private Residuals() {}

    /** How much a rating of an item counts whose bias is known up to {@code variance}: 1 / (1 + v / .15). */
    public static double certainty(double variance) {
        return 1 / (1 + variance / RATING_VARIANCE);
    }

    /**
     * Residuals with all items counting alike.
     *
     * @param expected what each item of the catalogue is expected to get
     * @return one an item of the history
     */
    static double[] of(RatedHistory person, double[] expected) {
        double[] residuals = differences(person, expected);
        double sum = 0;
        for (double difference : residuals) {
            sum += difference;
        }
        return minus(residuals, sum / (residuals.length + SHRINKAGE));
    }

    /**
     * Residuals with the mean weighted by how well each item is known.
     *
     * @param certainty {@link #certainty} of each item of the catalogue
     */
    static double[] of(RatedHistory person, double[] expected, double[] certainty) {
        double[] residuals = differences(person, expected);
        double sum = 0;
        double weight = 0;
        for (int at = 0; at < residuals.length; at++) {
            double each = certainty[person.items()[at]];
            sum += each * residuals[at];
            weight += each;
        }
        return minus(residuals, sum / (weight + SHRINKAGE));
    }

    private static double[] differences(RatedHistory person, double[] expected) {
        double[] differences = new double[person.size()];
        for (int at = 0; at < differences.length; at++) {
            differences[at] = person.values()[at] - expected[person.items()[at]];
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
