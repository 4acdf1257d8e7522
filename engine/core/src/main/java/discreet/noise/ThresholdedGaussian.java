package discreet.noise;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Releases a map whose keys are private. Every value gets exact discrete Gaussian noise, and only the keys
 * whose noisy value is strictly above a threshold come out. The literature calls this private partition
 * selection.
 *
 * <p><b>Neighbours.</b> Two data sets are neighbours if they differ by all rows of one user, added or
 * removed. Between neighbours the map changes in at most {@code l0} keys, by at most {@code lInf} in each and
 * by at most {@code l2} in the L2 norm. An absent key counts as 0. The caller proves these bounds.
 *
 * <p><b>Cost.</b> OpenDP's map returns (rho, delta). Rho is l2^2 / (2 sigma^2). Delta bounds the probability
 * that any of l0 keys that only this user has, each of value lInf, comes out above the threshold. With noise
 * Z it is 1 - (1 - Pr[Z > threshold - lInf])^l0. The result is delta-approximate rho-zCDP. Both numbers add
 * under composition, and epsilon is the conversion of rho at the delta that is left. Sources are Rogers, "A
 * Unifying Privacy Analysis Framework for Unknown Domain Algorithms in Differential Privacy" (2023), and
 * OpenDP's {@code make_gaussian_threshold} over {@code MapDomain} with {@code L02InfDistance}.
 *
 * <p><b>Why the code meets it.</b>
 * <ul>
 * <li>OpenDP also publishes noisy values that equal the threshold, although the delta that it returns does
 *     not pay for them (opendp/opendp issue 2922). This class drops them. A key that one user alone has
 *     has a value of at most lInf, so the probability that it is published is at most
 *     Pr[lInf + Z > threshold], which is what was charged. For keys that both neighbours have, dropping is
 *     post-processing.
 * <li>Keys stay in Java, and OpenDP gets their positions in sorted order. A draw does not depend on its key,
 *     so renaming keys and adding noise commute. Withheld keys leave no position behind.
 * <li>The map is cut into chunks over threads, each with a measurement of the same sigma and threshold.
 *     Values are treated independently, and OpenDP's map is asked once, for the whole.
 * <li>The result is sorted by key and so keeps no trace of the order of the input.
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
     * Creates a mechanism with this noise and this threshold.
     *
     * @param sigma in units of the values, from 1 to 2^58
     * @param threshold from max(1, lInf) to 2^62
     * @param l0 keys that one user changes, at least 1
     * @param l2 L2 norm of one user's change, finite, above 0
     * @param lInf largest change of one value, finite, above 0
     * @throws IllegalArgumentException if a parameter is outside its range
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
     * Returns the mechanism with the least noise, and for that noise the lowest threshold, that costs at most
     * (rho, delta) by OpenDP's map.
     *
     * @param l0 keys that one user changes, at least 1
     * @param l2 L2 norm of one user's change, finite, above 0
     * @param lInf largest change of one value, finite, above 0
     * @param rho finite, above 0
     * @param delta in (0, 1)
     * @throws IllegalArgumentException if a parameter is outside its range, or no threshold up to 2^62 costs
     *     so little
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
        // Invariant: high costs little enough. low costs too much, or is one below the lowest threshold
        // allowed.
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

    /** Returns sigma in units of the values. */
    public double sigma() {
        return sigma;
    }

    /** Returns the threshold. Every released value is strictly above it. */
    public long threshold() {
        return threshold;
    }

    /** Returns the rho of one vector by OpenDP's map. The vector costs {@link #delta()} as well. */
    public double rho() {
        return rho;
    }

    /** Returns the delta of one vector by OpenDP's map. The vector costs {@link #rho()} as well. */
    public double delta() {
        return delta;
    }

    /**
     * Returns the keys whose noisy value is strictly above the threshold, with that value, in the natural
     * order of keys.
     *
     * @param keys ascending and distinct, possibly none, not changed
     * @param weights of the keys, in their order, each from -2^62 to 2^62, not changed
     * @throws IllegalArgumentException if the keys are not ascending and distinct
     * @throws NoiseException if a weight is outside its range, the numbers of weights and keys differ, or a
     *     draw fails. Nothing is released then
     */
    public SortedMap<String, Long> release(String[] keys, long[] weights) {
        requireAscending(keys);
        long[] noisy = OpenDp.addGaussianAbove(weights, keys.length, sigma, threshold, Threads.count());
        SortedMap<String, Long> released = new TreeMap<>();
        for (int i = 0; i < keys.length; i++) {
            long value = noisy[i];
            // Withheld values are Long.MIN_VALUE. This repeats the native comparison, so that a reader sees
            // it here, too.
            if (value > threshold) {
                released.put(keys[i], value);
            }
        }
        return released;
    }

    /** Checks the order of keys. The message names no key, because an error is a release. */
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
