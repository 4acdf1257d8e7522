package discreet.noise;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Releases a map whose keys are private: exact discrete Gaussian noise on every value, and only the keys whose noisy value is strictly above a
 * threshold.
 *
 * <p><b>Neighbours.</b> With one person's rows added or removed, the map (an absent key counts as 0) changes in at most {@code l0} keys, by
 * at most {@code lInf} in each and by at most {@code l2} in the L2 norm. The caller proves that.
 *
 * <p><b>Cost.</b> What OpenDP's map returns, (rho, delta): rho = l2^2 / (2 sigma^2), and delta bounds the probability that any of l0 keys that
 * only this person has, each of value lInf, comes out above the threshold: 1 - (1 - Pr[Z > threshold - lInf])^l0. The release is
 * delta-approximate rho-zCDP; both numbers add under composition, and epsilon is the conversion of rho at the delta that is left. Source:
 * Rogers, A Unifying Privacy Analysis Framework for Unknown Domain Algorithms in Differential Privacy (2023); OpenDP's
 * {@code make_gaussian_threshold} over {@code MapDomain} with {@code L02InfDistance}.
 *
 * <p><b>Why the code meets it.</b>
 * <ul>
 *   <li>OpenDP publishes noisy values at the threshold as well, though the delta that it returns does not pay for them (opendp/opendp issue
 *       2922). They are dropped: then what is published has probability Pr[lInf + Z > threshold], which is what was charged. Dropping is
 *       post-processing for keys that both neighbours have.
 *   <li>Keys stay in Java; OpenDP is given their positions in sorted order. A draw does not depend on its key, so renaming keys and
 *       noising commute, and what is withheld leaves no position behind.
 *   <li>The map is cut into chunks over threads, each with a measurement of the same sigma and threshold: values are treated independently,
 *       and OpenDP's map is asked once, for the whole.
 *   <li>The result is sorted by key: no trace of the order of the input.
 * </ul>
 */
public final class ThresholdedGaussian {
    private static final long MAX_THRESHOLD = 1L << 62;

    private final double sigma;
    private final long threshold;
    private final double rho;
    private final double delta;

    private ThresholdedGaussian(double sigma, long threshold, double rho, double delta) {
        this.sigma = sigma;
        this.threshold = threshold;
        this.rho = rho;
        this.delta = delta;
    }

    /**
     * @param sigma in units of the values; from 1 to 2^58
     * @param threshold from max(1, lInf) to 2^62
     * @param l0 keys that one person changes; at least 1
     * @param l2 L2 norm of one person's change; finite, above 0
     * @param lInf largest change of one value; finite, above 0
     * @throws IllegalArgumentException if a parameter is not in its range
     */
    public static ThresholdedGaussian of(double sigma, long threshold, int l0, double l2, double lInf) {
        requireSensitivity(l0, l2, lInf);
        if (!(sigma >= DiscreteGaussian.MIN_SIGMA && sigma <= DiscreteGaussian.MAX_SIGMA)) {
            throw new IllegalArgumentException("sigma must be >= 1 and <= 2^58. Provided value: " + sigma);
        }
        if (threshold < 1 || threshold < lInf || threshold > MAX_THRESHOLD) {
            throw new IllegalArgumentException(
                    "threshold must be >= 1, >= lInf and <= 2^62. Provided value: " + threshold);
        }
        double[] cost = OpenDp.thresholdCost(sigma, threshold, l0, l2, lInf);
        return new ThresholdedGaussian(sigma, threshold, cost[0], cost[1]);
    }

    /**
     * The least noise, and for it the lowest threshold, that cost at most (rho, delta) by OpenDP's map.
     *
     * @param l0 keys that one person changes; at least 1
     * @param l2 L2 norm of one person's change; finite, above 0
     * @param lInf largest change of one value; finite, above 0
     * @param rho finite, above 0
     * @param delta in (0, 1)
     * @throws IllegalArgumentException if a parameter is not in its range, or no threshold up to 2^62 costs so little
     */
    public static ThresholdedGaussian costingAtMost(int l0, double l2, double lInf, double rho, double delta) {
        requireSensitivity(l0, l2, lInf);
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta must be > 0 and < 1. Provided value: " + delta);
        }
        double sigma = DiscreteGaussian.costingAtMost(l2, rho).sigma();
        long low = Math.max(1, (long) Math.ceil(lInf)) - 1;
        long high = MAX_THRESHOLD;
        if (low >= high || of(sigma, high, l0, l2, lInf).delta > delta) {
            throw new IllegalArgumentException(
                    "delta must be larger: no threshold up to 2^62 costs so little. Provided value: " + delta);
        }
        // high is always cheap enough; low is one below the lowest that is allowed, or costs too much
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (of(sigma, middle, l0, l2, lInf).delta <= delta) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return of(sigma, high, l0, l2, lInf);
    }

    /** In units of the values. */
    public double sigma() {
        return sigma;
    }

    /** A released value is strictly above it. */
    public long threshold() {
        return threshold;
    }

    /** What one release costs beside {@link #delta()}, by OpenDP's map. */
    public double rho() {
        return rho;
    }

    /** What one release costs beside {@link #rho()}, by OpenDP's map. */
    public double delta() {
        return delta;
    }

    /**
     * The keys whose noisy value is strictly above the threshold, with that value, in the natural order of keys.
     *
     * @param keys ascending and distinct; may be empty; not changed
     * @param weights of the keys, in their order, each from -2^62 to 2^62; not changed
     * @throws IllegalArgumentException if the keys are not ascending and distinct
     * @throws NoiseException if a weight is outside, there are more or fewer weights than keys, or a draw fails; nothing is released then
     */
    public SortedMap<String, Long> release(String[] keys, long[] weights) {
        requireAscending(keys);
        long[] noisy = OpenDp.addGaussianAbove(weights, keys.length, sigma, threshold, Threads.count());
        SortedMap<String, Long> released = new TreeMap<>();
        for (int i = 0; i < keys.length; i++) {
            long value = noisy[i];
            // Withheld values are Long.MIN_VALUE. The same comparison as the native one, so that it can be read here,
            // too.
            if (value > threshold) {
                released.put(keys[i], value);
            }
        }
        return released;
    }

    /** Names no key: an error is a release. */
    private static void requireAscending(String[] keys) {
        for (int i = 1; i < keys.length; i++) {
            if (keys[i - 1].compareTo(keys[i]) >= 0) {
                throw new IllegalArgumentException("keys must be ascending and distinct.");
            }
        }
    }

    private static void requireSensitivity(int l0, double l2, double lInf) {
        if (l0 < 1) {
            throw new IllegalArgumentException("l0 must be >= 1. Provided value: " + l0);
        }
        DiscreteGaussian.requirePositive("l2", l2);
        DiscreteGaussian.requirePositive("lInf", lInf);
    }
}
