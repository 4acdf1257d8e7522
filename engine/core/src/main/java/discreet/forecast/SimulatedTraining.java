package discreet.forecast;

import discreet.model.RankingScorer;
import discreet.plan.RankingShares;
import discreet.privacy.Budget;
import discreet.statistics.Head;
import discreet.statistics.RowScale;
import discreet.statistics.Spectrum;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Simulates a ranking training on synthetic users. The training has a listed catalogue and no
 * {@code --content}. It has the same shares, head, rows, sums, denoising and scorer as a real one, and
 * Gaussian noise of the same scale from a seeded generator.
 *
 * <p>This is a simulation and never a release. Its noise is floating-point and reproducible, so it would
 * protect no one. It need not, because the users are synthesised from released values. The exact discrete
 * Gaussian of a real training differs from it by less than a part in 10^5 of the noise.
 *
 * @param items size of the catalogue
 * @param cap the population's, whose deltas prices are for
 * @param maxHead the operator's limit
 */
record SimulatedTraining(int items, Budget cap, int maxHead, ExactSums sums) {

    /**
     * Trains on synthetic users and returns the scorer.
     *
     * @param users catalogue indices of each synthetic user
     * @param epsilon price of the training at the deltas of {@link #cap}
     * @param seed of the noise
     */
    RankingScorer train(List<int[]> users, double epsilon, long seed) {
        RankingShares shares = RankingShares.of(cap.withEpsilon(epsilon));
        SplittableRandom noise = new SplittableRandom(seed);

        double sd = noise(shares.people().toDouble());
        double counted = users.size() + sd * noise.nextGaussian();
        double[] statistic = sums.statistic(users, items);
        addNoise(statistic, noise(shares.items().toDouble()), noise);

        double sigma = gramNoise(shares);
        Head head = Head.choose(statistic, counted, sigma, maxHead);
        double[] triangle = sums.gram(users, head, RowScale.forUsers(counted, sd));
        addNoise(triangle, sigma, noise);
        return new RankingScorer(
                statistic,
                head,
                Spectrum.denoise(triangle, head.size(), sigma, sums.workers().threads()));
    }

    /** Returns the standard deviation of the noise of a release of sensitivity 1 that costs rho. */
    static double noise(double rho) {
        return 1 / Math.sqrt(2 * rho);
    }

    /** Returns the noise per Gram entry. With rows of norm at most 1 the sensitivity is 1/sqrt 2. */
    static double gramNoise(RankingShares shares) {
        return noise(shares.gram().toDouble()) * Math.sqrt(.5);
    }

    private static void addNoise(double[] values, double sd, SplittableRandom noise) {
        for (int at = 0; at < values.length; at++) {
            values[at] += sd * noise.nextGaussian();
        }
    }
}
