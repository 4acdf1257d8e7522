package discreet.noise;

/**
 * The Gaussian mechanism over integer vectors, exact: independent discrete Gaussian noise, P[x] proportional to exp(-x^2 / (2 sigma^2)) on the
 * integers, added to each sum.
 *
 * <p><b>Neighbours.</b> What the caller's sums are about: with one person's rows added or removed, the vector of sums moves by at most
 * {@code sensitivity} in the L2 norm. The caller proves that bound; nothing here can.
 *
 * <p><b>Cost.</b> {@link #rho(double)} is what OpenDP's map returns: sensitivity^2 / (2 sigma^2)-zCDP, computed in rationals from the very
 * double that the sampler uses and rounded up. zCDP composes by adding, also adaptively. Source: Canonne, Kamath, Steinke, The Discrete
 * Gaussian for Differential Privacy (2020), on the multivariate case; OpenDP's {@code make_gaussian} over {@code VectorDomain<AtomDomain<i64>>} with
 * {@code L2Distance}.
 *
 * <p><b>Why the code meets it.</b> Sums are integers and the sampler works in exact rational arithmetic on bits of OpenSSL's generator, so
 * there is no floating-point hole in the output (Mironov 2012). A vector is one call and one map; inside the call it is cut into chunks, each
 * with a measurement of the same sigma, on a pool of {@link Threads#count()} threads: draws are independent of one another and of everything
 * else, so how they are spread over threads does not change their joint distribution. OpenDP clamps at the ends of a long; sums of at
 * most 2^62 and sigma of at most 2^58 keep 16 sigma away from them, and clamping would be post-processing anyway.
 *
 * <p><b>No seed, and no noise without sums.</b> Noise that can be had again, or had alone, subtracts to the difference between two data sets.
 * There is no seed anywhere; the call takes sums and returns sums plus noise. Calling twice draws twice and costs twice.
 */
public final class DiscreteGaussian {
    /** Smallest sigma: below it the discrete distribution has little left of a Gaussian, and a scaled-up sum does better. */
    public static final double MIN_SIGMA = 1;

    /** Largest sigma. */
    public static final double MAX_SIGMA = 0x1p58;

    private final double sigma;

    private DiscreteGaussian(double sigma) {
        this.sigma = sigma;
    }

    /**
     * @param sigma in units of the sums; from 1 to 2^58
     * @throws IllegalArgumentException if it is not
     */
    public static DiscreteGaussian withSigma(double sigma) {
        // Not (a || b): NaN is neither.
        if (!(sigma >= MIN_SIGMA && sigma <= MAX_SIGMA)) {
            throw new IllegalArgumentException("sigma must be >= 1 and <= 2^58. Provided value: " + sigma);
        }
        return new DiscreteGaussian(sigma);
    }

    /**
     * The least noise that costs at most {@code rho}: the formula's sigma, moved upward double by double until OpenDP's own map agrees.
     * Sigma is 1 where less would do.
     *
     * @param sensitivity L2 norm, finite, above 0
     * @param rho finite, above 0
     * @throws IllegalArgumentException if a parameter is not in its range, or the sigma needed is above 2^58
     */
    public static DiscreteGaussian costingAtMost(double sensitivity, double rho) {
        requirePositive("sensitivity", sensitivity);
        requirePositive("rho", rho);
        DiscreteGaussian gaussian = withSigma(Math.max(MIN_SIGMA, sensitivity / Math.sqrt(2 * rho)));
        while (gaussian.rho(sensitivity) > rho) {
            gaussian = withSigma(Math.nextUp(gaussian.sigma));
        }
        return gaussian;
    }

    /** In units of the sums. The distribution's standard deviation is this, or less by a hair where sigma is small. */
    public double sigma() {
        return sigma;
    }

    /**
     * What releasing one vector costs, by OpenDP's map.
     *
     * @param sensitivity L2 norm; finite, at least 0
     */
    public double rho(double sensitivity) {
        return OpenDp.rho(sigma, sensitivity);
    }

    /**
     * A new array: each sum plus a fresh draw. The argument is not changed.
     *
     * @param sums each from -2^62 to 2^62; may be empty
     * @throws NoiseException if a sum is outside, or a draw fails; nothing is released then
     */
    public long[] release(long[] sums) {
        return OpenDp.addGaussian(sums, sums.length, sigma, Threads.count());
    }

    static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be > 0 and finite. Provided value: " + value);
        }
    }
}
