package discreet.evaluate.baselines;

import discreet.evaluate.RatingPredictor;
import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import java.util.Arrays;

/**
 * Mean, and a bias of each item and each person, shrunk: Koren, "Factorization Meets the Neighborhood" (KDD 2008), section 2.1, by
 * alternating least squares. What a rating is without any taste.
 *
 * <p>For public data only: mean and biases are exact.
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
     * @param people what they rated, by the range
     * @param penalty how many ratings of the mean a bias is shrunk by, &gt; 0
     */
    public static Biases fit(Iterable<RatedHistory> people, int items, RatingRange range, double penalty) {
        double sum = 0;
        long count = 0;
        for (RatedHistory own : people) {
            sum += Arrays.stream(own.values()).sum();
            count += own.size();
        }
        Biases fitted = new Biases(range, penalty, count == 0 ? 0 : sum / count, new double[items]);
        for (int round = 0; round < ROUNDS; round++) {
            fitted.fitItems(people);
        }
        return fitted;
    }

    private void fitItems(Iterable<RatedHistory> people) {
        double[] sums = new double[biases.length];
        double[] counts = new double[biases.length];
        for (RatedHistory own : people) {
            double person = person(own);
            for (int at = 0; at < own.size(); at++) {
                sums[own.items()[at]] += own.values()[at] - mean - person;
                counts[own.items()[at]]++;
            }
        }
        for (int item = 0; item < biases.length; item++) {
            biases[item] = sums[item] / (counts[item] + penalty);
        }
    }

    /** A person's bias, from that person's own ratings. */
    private double person(RatedHistory own) {
        double sum = 0;
        for (int at = 0; at < own.size(); at++) {
            sum += own.values()[at] - mean - biases[own.items()[at]];
        }
        return sum / (own.size() + penalty);
    }

    @Override
    public double[] predict(RatedHistory own, int[] items) {
        double person = person(own);
        return Arrays.stream(items)
                .mapToDouble(item -> range.rating(mean + biases[item] + person))
                .toArray();
    }
}
