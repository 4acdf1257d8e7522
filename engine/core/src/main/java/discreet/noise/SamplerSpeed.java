package discreet.noise;

/**
 * Measures how fast noise is drawn if nothing else is done, which is the best that a release can reach. The
 * draws are thrown away unseen and have nothing to do with any release, since every draw is fresh.
 */
public final class SamplerSpeed {
    private static final double NANOS = 1e9;
    /** Enough for some tenths of a second. */
    private static final int DRAWS_A_THREAD = 1 << 16;

    private SamplerSpeed() {}

    /**
     * Returns the draws a second of all threads together. It is the best of three runs, so that other work on
     * the machine counts least.
     *
     * @param sigma as in {@link DiscreteGaussian#withSigma}. Draws take longer if it is large
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
