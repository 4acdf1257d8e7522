package discreet.noise;

/**
 * How fast noise is drawn and nothing else done: what a release can at best reach. What is drawn here is thrown away unseen, and has nothing to do
 * with any release: every draw is fresh.
 */
public final class SamplerSpeed {
    private static final double NANOS = 1e9;
    /** Some tenths of a second. */
    private static final int DRAWS_A_THREAD = 1 << 16;

    private SamplerSpeed() {}

    /**
     * Draws a second, of all threads together: the best of three times, so that what else a machine does counts least.
     *
     * @param sigma as of {@link DiscreteGaussian#withSigma}: draws take longer where it is large
     * @param threads at least 1
     */
    public static double drawsPerSecond(double sigma, int threads) {
        long[] sums = new long[DRAWS_A_THREAD * threads];
        double best = 0;
        for (int time = 0; time < 3; time++) {
            long began = System.nanoTime();
            int drawn = OpenDp.addGaussian(sums, sums.length, sigma, threads).length;
            best = Math.max(best, drawn * NANOS / (System.nanoTime() - began));
        }
        return best;
    }
}
