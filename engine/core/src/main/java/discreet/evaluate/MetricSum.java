package discreet.evaluate;

import discreet.plan.ReplaceOneCost;
import discreet.privacy.PrivacyCost;
import java.io.Serializable;
import java.math.BigInteger;

/**
 * The sums of an evaluation that is a release: of every metric about 1/2, and of people.
 *
 * <p><b>Sensitivity.</b> Neighbouring data sets differ by all rows of one account, added or removed: known items and hidden
 * ones alike. Whoever has a hidden item that counts adds r integers {@code round((m - 1/2) 2^20)}, clipped to [-2^19, 2^19],
 * and 2^20 for being there; whoever has none adds zeros. What somebody adds is a function of that person's rows and of the
 * model, which is public. Its squared norm is at most {@code r 4^19 + 4^20}, that is {@code (r / 4 + 1) 4^20}, for every
 * list and prediction that a model makes, since the clip and not the metric sees to it; {@link #sensitivity} is the root, rounded up. About
 * 1/2 because sums about 0 would reach {@code (r + 1) 4^20}.
 *
 * <p>Where one account is replaced by another: {@link ReplaceOneCost#ofEvaluation}.
 *
 * @param metrics r, how many there are of each person
 */
public record MetricSum(int metrics) implements Serializable {

    /** 2^20 stands for 1. */
    public static final int BITS = 20;

    private static final long HALF = 1L << (BITS - 1);

    /** The metrics, and then the number of people. */
    public int length() {
        return metrics + 1;
    }

    /** Euclidean norm that nobody's contribution passes. */
    public double sensitivity() {
        // r 4^19 + 4^20 = (r + 4) 4^19
        BigInteger squared = BigInteger.valueOf(metrics + 4L).shiftLeft(2 * (BITS - 1));
        BigInteger root = squared.sqrt();
        return (root.multiply(root).equals(squared) ? root : root.add(BigInteger.ONE)).doubleValue();
    }

    /** What a release that was charged this costs where one account is replaced by another. */
    public PrivacyCost replacingOne(PrivacyCost charged) {
        return ReplaceOneCost.ofEvaluation(charged, metrics);
    }

    /** Adds one person, whose metrics are these. */
    public void add(long[] sums, double[] values) {
        if (values.length != metrics) {
            throw new IllegalArgumentException("a person must have " + metrics + " metrics");
        }
        for (int q = 0; q < metrics; q++) {
            sums[q] += about(values[q]);
        }
        sums[metrics] += 1L << BITS;
    }

    /** Total: NaN is 0. */
    private static long about(double metric) {
        return Math.max(-HALF, Math.min(HALF, Math.round((metric - .5) * (1 << BITS))));
    }
}
