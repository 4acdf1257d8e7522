package discreet.noise;

/**
 * Adds exact discrete Gaussian noise to a vector of integer sums. Each sum gets an independent draw with P[x]
 * proportional to exp(-x^2 / (2 sigma^2)) on the integers.
 *
 * <p><b>Neighbours.</b> Two data sets are neighbours if they differ by all rows of one user, added or
 * removed. Between neighbours the vector of sums moves by at most {@code sensitivity} in the L2 norm. The
 * caller proves that bound, since nothing here can.
 *
 * <p><b>Cost.</b> {@link #rho(double)} returns the value of OpenDP's privacy map. The release satisfies
 * zero-concentrated differential privacy (zCDP) with rho = sensitivity^2 / (2 sigma^2). The map computes it
 * in rationals from the very double that the sampler uses, and rounds up. zCDP composes by adding, also
 * adaptively. Sources are Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy"
 * (2020), on the multivariate case, and OpenDP's {@code make_gaussian} over
 * {@code VectorDomain<AtomDomain<i64>>} with {@code L2Distance}.
 *
 * <p><b>Why the code meets it.</b> The sums are integers, and the sampler works in exact rational arithmetic
 * on bits of OpenSSL's generator. So the output has no floating-point hole (Mironov 2012). A vector takes one
 * native call and one evaluation of the map. Inside the call the vector is cut into chunks, each with a
 * measurement of the same sigma, which run on a pool of {@link Threads#count()} threads. Draws are
 * independent of one another and of everything else, so the way in which they are spread over threads does
 * not change their joint distribution. OpenDP clamps at the ends of a long. Sums of at most 2^62 and a sigma
 * of at most 2^58 stay 16 sigma away from those ends, and clamping would be post-processing anyway.
 *
 * <p><b>No seed, and no noise without sums.</b> If the same noise could be had again, or had alone,
 * subtracting would give the difference between two data sets. So there is no seed anywhere, and the call
 * takes sums and returns sums plus noise. Calling it twice draws twice and costs twice.
 */
public final class DiscreteGaussian {
    /**
     * Smallest sigma. Below it the discrete distribution has little left of a Gaussian, and scaling the sums
     * up works better.
     */
    static final double MIN_SIGMA = 1;

    /** Largest sigma. */
    public static final double MAX_SIGMA = 0x1p58;

    private final double sigma;

    private DiscreteGaussian(double sigma) {
        this.sigma = sigma;
    }

    /**
     * Creates a mechanism with noise of this scale.
     *
     * @param sigma in units of the sums, from 1 to 2^58
     * @throws IllegalArgumentException if sigma is outside that range
     */
    public static DiscreteGaussian withSigma(double sigma) {
        // Negated, so that NaN is refused as well.
        if (!(sigma >= MIN_SIGMA && sigma <= MAX_SIGMA)) {
            throw new IllegalArgumentException("sigma must be >= 1 and <= 2^58. Provided value: " + sigma);
        }
        return new DiscreteGaussian(sigma);
    }

    /**
     * Returns the mechanism with the least noise that costs at most {@code rho}. The search starts at the
     * formula's sigma and moves upward double by double until OpenDP's own map agrees. Sigma is 1 if less
     * would do.
     *
     * @param sensitivity L2 norm, finite, above 0
     * @param rho finite, above 0
     * @throws IllegalArgumentException if a parameter is outside its range, or the sigma needed is above 2^58
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

    /**
     * Returns sigma in units of the sums. The distribution's standard deviation is sigma, or a hair less if
     * sigma is small.
     */
    public double sigma() {
        return sigma;
    }

    /**
     * Returns what releasing one vector costs, by OpenDP's map.
     *
     * @param sensitivity L2 norm, finite, at least 0
     */
    public double rho(double sensitivity) {
        return OpenDp.rho(sigma, sensitivity);
    }

    /**
     * Returns a new array in which a fresh draw is added to each sum. The argument stays unchanged.
     *
     * @param sums each from -2^62 to 2^62, possibly none
     * @throws NoiseException if a sum is outside that range or a draw fails, and then nothing is released
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
