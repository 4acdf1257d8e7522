package discreet.noise;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tests whether draws may come from the discrete Gaussian of a given sigma. It uses two statistics.
 *
 * <p>The first is Pearson's chi-square against the exact probabilities (a sum of exponentials in doubles,
 * relative error below 1e-14). Its cells are all integers with at least 20 expected draws, and the two tails.
 * A chi-square with k degrees of freedom passes the limit k + 2 sqrt(k t) + 2 t with probability at most e^-t
 * (Laurent and Massart 2000), which is below 1e-7 for t = 16.2.
 *
 * <p>The second is the mean square against the exact variance, standardised by the exact fourth moment. It
 * passes 5.35 with probability below 1e-7.
 *
 * <p>Together a false alarm has probability below 1e-6, with room for what the asymptotic distributions leave
 * out at 100,000 draws.
 */
final class DiscreteGaussianFit {
    private static final double MIN_EXPECTED = 20;
    private static final double T = 16.2;
    static final double Z_LIMIT = 5.35;

    private final double sigma;
    private final double normaliser;
    private final int reach;

    DiscreteGaussianFit(double sigma) {
        this.sigma = sigma;
        this.reach = (int) Math.ceil(40 * sigma);
        double sum = 0;
        for (int x = reach; x > 0; x--) {
            sum += 2 * density(x);
        }
        this.normaliser = sum + 1;
    }

    boolean accepts(long[] draws) {
        return chiSquareAccepts(draws) && Math.abs(standardisedMeanSquare(draws)) <= Z_LIMIT;
    }

    boolean chiSquareAccepts(long[] draws) {
        int bound = 0;
        while (draws.length * probability(bound + 1) >= MIN_EXPECTED) {
            bound++;
        }
        Map<Long, Long> counts =
                Arrays.stream(draws).boxed().collect(Collectors.groupingBy(x -> x, Collectors.counting()));
        double statistic = 0;
        double rest = 1;
        long low = 0;
        long high = 0;
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            low += entry.getKey() < -bound ? entry.getValue() : 0;
            high += entry.getKey() > bound ? entry.getValue() : 0;
        }
        for (long x = -bound; x <= bound; x++) {
            statistic += term(counts.getOrDefault(x, 0L), draws.length * probability(x));
            rest -= probability(x);
        }
        statistic += term(low, draws.length * rest / 2) + term(high, draws.length * rest / 2);
        int degrees = 2 * bound + 2; // 2 * bound + 1 integers and 2 tails, less one
        return statistic <= degrees + 2 * Math.sqrt(degrees * T) + 2 * T;
    }

    double standardisedMeanSquare(long[] draws) {
        double second = 0;
        double fourth = 0;
        for (long x = reach; x > 0; x--) {
            double square = (double) x * x;
            second += 2 * square * probability(x);
            fourth += 2 * square * square * probability(x);
        }
        double mean =
                Arrays.stream(draws).mapToDouble(x -> (double) x * x).average().orElseThrow();
        return (mean - second) / Math.sqrt((fourth - second * second) / draws.length);
    }

    /** Returns Pr[Z >= x]. */
    double tail(long x) {
        double sum = 0;
        for (long y = reach; y >= x; y--) {
            sum += probability(y);
        }
        return sum;
    }

    double probability(long x) {
        return density(x) / normaliser;
    }

    private double density(long x) {
        return Math.exp(-((double) x * x) / (2 * sigma * sigma));
    }

    private static double term(long observed, double expected) {
        return (observed - expected) * (observed - expected) / expected;
    }
}
