package discreet.evaluate;

import discreet.plan.ReplaceOneCost;
import discreet.privacy.PrivacyCost;
import java.io.Serializable;
import java.math.BigInteger;

/**
 * Defines the sums over users that a private evaluation releases, which are each metric minus 1/2 and the
 * number of users.
 *
 * <p><b>Sensitivity.</b> Neighbouring data sets differ by all rows of one account, known and hidden items
 * alike, added or removed. A user with a hidden item that counts adds r integers
 * {@code round((m - 1/2) 2^20)}, clipped to [-2^19, 2^19], and 2^20 for the number of users. A user without
 * such an item adds zeros. The contribution is a function of that user's rows and of the model, which is
 * public. Its squared norm is at most {@code r 4^19 + 4^20 = (r / 4 + 1) 4^20}. This holds for every list and
 * prediction of a model, because the clip enforces it and not the metric. {@link #sensitivity} is the square
 * root, rounded up. Sums about 0 instead of 1/2 would reach {@code (r + 1) 4^20}.
 *
 * <p>{@link ReplaceOneCost#ofEvaluation} gives the cost if one account is replaced by another.
 *
 * @param metrics r, the number of metrics per user
 */
public record MetricSum(int metrics) implements Serializable {

    /** Scale of the sums, on which 2^20 stands for 1. */
    public static final int BITS = 20;

    private static final long HALF = 1L << (BITS - 1);

    /** Returns the number of sums, one per metric and then the number of users. */
    public int length() {
        return metrics + 1;
    }

    /**
     * Returns the upper bound of the Euclidean norm of a user's contribution, in units of the integer sums.
     */
    public double sensitivity() {
        // r 4^19 + 4^20 = (r + 4) 4^19
        BigInteger squared = BigInteger.valueOf(metrics + 4L).shiftLeft(2 * (BITS - 1));
        BigInteger root = squared.sqrt();
        return (root.multiply(root).equals(squared) ? root : root.add(BigInteger.ONE)).doubleValue();
    }

    /** Returns what a release that was charged this costs if one account is replaced by another. */
    public PrivacyCost replacingOne(PrivacyCost charged) {
        return ReplaceOneCost.ofEvaluation(charged, metrics);
    }

    /**
     * Adds one user to the caller's sums.
     *
     * @param sums changed, of length {@link #length}, at scale 2^20
     * @param values the user's metrics, in [0, 1]. Other values are clipped
     */
    public void add(long[] sums, double[] values) {
        if (values.length != metrics) {
            throw new IllegalArgumentException("a user must have " + metrics + " metrics");
        }
        for (int q = 0; q < metrics; q++) {
            sums[q] += about(values[q]);
        }
        sums[metrics] += 1L << BITS;
    }

    /** Returns the metric minus 1/2 as an integer at scale 2^20. The function is total, and NaN gives 0. */
    private static long about(double metric) {
        return Math.max(-HALF, Math.min(HALF, Math.round((metric - .5) * (1 << BITS))));
    }
}
