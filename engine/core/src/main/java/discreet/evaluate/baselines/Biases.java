package discreet.evaluate.baselines;

import discreet.evaluate.RatingPredictor;
import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import java.util.Arrays;

/**
 * Predicts ratings from the mean and a shrunken bias of each item and each user, without any taste (Koren,
 * "Factorization Meets the Neighborhood", KDD 2008, section 2.1). It is fitted by alternating least squares.
 *
 * <p>Use it for public data only, because mean and biases are exact.
 */
public final class Biases implements RatingPredictor {
    private static final int ROUNDS = 15;

    private final RatingRange range;
    private final double penalty;
    private final double mean;
    private final double[] biases;

    private Biases(RatingRange range, double penalty, double mean, double[] biases) {
        this.range = range;
        this.penalty = penalty;
        this.mean = mean;
        this.biases = biases;
    }

    /**
     * Fits mean and biases.
     *
     * @param users their ratings, scaled by the range
     * @param penalty number of ratings of the mean by which a bias is shrunk, &gt; 0
     */
    public static Biases fit(Iterable<RatedHistory> users, int items, RatingRange range, double penalty) {
        double sum = 0;
        long count = 0;
        for (RatedHistory history : users) {
            sum += Arrays.stream(history.values()).sum();
            count += history.size();
        }
        Biases fitted = new Biases(range, penalty, count == 0 ? 0 : sum / count, new double[items]);
        for (int round = 0; round < ROUNDS; round++) {
            fitted.fitItems(users);
        }
        return fitted;
    }

    private void fitItems(Iterable<RatedHistory> users) {
        double[] sums = new double[biases.length];
        double[] counts = new double[biases.length];
        for (RatedHistory history : users) {
            double userBias = userBias(history);
            for (int at = 0; at < history.size(); at++) {
                sums[history.items()[at]] += history.values()[at] - mean - userBias;
                counts[history.items()[at]]++;
            }
        }
        for (int item = 0; item < biases.length; item++) {
            biases[item] = sums[item] / (counts[item] + penalty);
        }
    }

    /** Returns a user's bias from that user's own ratings. */
    private double userBias(RatedHistory history) {
        double sum = 0;
        for (int at = 0; at < history.size(); at++) {
            sum += history.values()[at] - mean - biases[history.items()[at]];
        }
        return sum / (history.size() + penalty);
    }

    @Override
    public double[] predict(RatedHistory history, int[] items) {
        double userBias = userBias(history);
        return Arrays.stream(items)
                .mapToDouble(item -> range.rating(mean + biases[item] + userBias))
                .toArray();
    }
}
