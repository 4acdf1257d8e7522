package discreet.statistics;

/**
 * Gives the noisy count and the noisy sum of residuals of every item, from one round. The released counts are
 * divided by the round's alpha, so a rating adds about 1 / norm to its item's count and its residual / norm
 * to the sum, where norm is that of its user's vector.
 *
 * @param counts weighted number of ratings of each item of the catalogue, with noise, so possibly below 0
 * @param sums each item's sum of residuals against the expected rating
 * @param countSd standard deviation of the noise in each count, &gt; 0
 * @param sumSd standard deviation of the noise in each sum, &gt; 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BiasRound(double[] counts, double[] sums, double countSd, double sumSd) {

    /** @throws IllegalArgumentException if the parts do not belong together */
    public BiasRound {
        if (counts.length != sums.length || !(countSd > 0) || !(sumSd > 0)) {
            throw new IllegalArgumentException("counts and sums must have the same length, and noise > 0");
        }
    }

    /**
     * Combines both rounds into one, each weighted by the inverse of its noise variance.
     *
     * @param later round whose residuals are against {@code biases}, which are added back to its sums
     */
    BiasRound combinedWith(BiasRound later, double[] biases) {
        double byCounts = share(countSd, later.countSd);
        double bySums = share(sumSd, later.sumSd);
        double[] both = new double[counts.length];
        double[] residuals = new double[counts.length];
        double sd = spread(byCounts, countSd, later.countSd);
        for (int item = 0; item < both.length; item++) {
            both[item] = (1 - byCounts) * counts[item] + byCounts * later.counts[item];
            double given = later.sums[item] + biases[item] * PositivePart.mean(both[item], sd);
            residuals[item] = (1 - bySums) * sums[item] + bySums * given;
        }
        return new BiasRound(both, residuals, sd, spread(bySums, sumSd, later.sumSd));
    }

    private static double share(double sd, double laterSd) {
        return sd * sd / (sd * sd + laterSd * laterSd);
    }

    private static double spread(double share, double sd, double laterSd) {
        return Math.hypot((1 - share) * sd, share * laterSd);
    }
}
