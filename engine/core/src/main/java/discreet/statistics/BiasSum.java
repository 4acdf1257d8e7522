package discreet.statistics;

import discreet.history.RatedHistory;
import java.util.Arrays;

/**
 * Sums one round of item biases exactly, at scale 2^19. For each item it sums how often it was rated and how
 * much better than expected. A user's vector is (alpha, e_j) over the items j that the user rated, divided by
 * its norm, where e are the user's {@link Residuals} against what was released before. The counts of all
 * items come first, then their sums.
 *
 * <p><b>Sensitivity: 1, in integers 2^19.</b> Neighbouring data sets differ by one user, added or removed.
 * The floating-point part only proposes that user's integers. {@link #shrinkToBound} adds up their squares
 * exactly and shrinks a vector over 4^19 until it meets the bound, at worst to zero. This happens silently,
 * because an error would be a release. So the bound holds for all ratings and for all values released before.
 * It does not grow with the range of ratings or with the user's number of items. A common alternative divides
 * (1, e) by sqrt k instead. Its norm is up to sqrt(1 + e^2), which would have to be charged.
 *
 * @param alpha weight of the count in a user's vector, &gt; 0
 * @param expected released, the expected rating of each item of the catalogue
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BiasSum(double alpha, double[] expected) implements UserAggregator<RatedHistory> {
    /** Scale of the sums, on which 2^19 stands for 1. */
    public static final int BITS = 19;

    private static final long ONE = 1L << BITS;
    private static final long NORM2_BOUND = 1L << 2 * BITS;
    private static final int SHRINKS = 32;

    /** Returns the L2 sensitivity of counts and sums together. */
    public static long sensitivity() {
        return ONE;
    }

    @Override
    public int length() {
        return 2 * expected.length;
    }

    @Override
    public Partial<RatedHistory> start() {
        long[] sums = new long[length()];
        return new Partial<>() {
            @Override
            public void add(RatedHistory history) {
                long[] own = contribution(history);
                int[] items = history.items();
                for (int at = 0; at < items.length; at++) {
                    sums[items[at]] += own[0];
                    sums[expected.length + items[at]] += own[1 + at];
                }
            }

            @Override
            public long[] sums() {
                return sums;
            }
        };
    }

    /**
     * Returns what a user adds. The first number goes to the count of each item of the history, and the
     * others to the sum of one item each.
     */
    long[] contribution(RatedHistory history) {
        double[] residuals = Residuals.of(history, expected);
        double norm2 = 0;
        for (double residual : residuals) {
            norm2 += alpha * alpha + residual * residual;
        }
        double factor = ONE / Math.sqrt(norm2);
        long[] proposed = new long[1 + residuals.length];
        proposed[0] = bounded(factor * alpha);
        for (int at = 0; at < residuals.length; at++) {
            proposed[1 + at] = bounded(factor * residuals[at]);
        }
        return shrinkToBound(proposed);
    }

    /**
     * Rounds towards zero, so that the norm can only fall, and clips to [-1, 1] at scale 2^19. NaN becomes 0.
     */
    private static long bounded(double value) {
        return Math.max(-ONE, Math.min(ONE, (long) value));
    }

    /** Enforces a squared norm of at most 4^19 for any proposal, in exact arithmetic. */
    static long[] shrinkToBound(long[] proposed) {
        long[] own = proposed.clone();
        for (int shrink = 0; shrink < SHRINKS; shrink++) {
            if (isWithinBound(own)) {
                return own;
            }
            for (int at = 0; at < own.length; at++) {
                own[at] -= Long.signum(own[at]) + own[at] / 128;
            }
        }
        Arrays.fill(own, 0);
        return own;
    }

    /**
     * Returns whether the squared norm is within the bound. The count part appears once for each item. The
     * loop stops at the bound, before a sum of squares could overflow.
     */
    private static boolean isWithinBound(long[] own) {
        long squares = 0;
        for (int at = 1; at < own.length; at++) {
            if (!isAtMostOne(own[0]) || !isAtMostOne(own[at])) {
                return false;
            }
            squares += own[0] * own[0] + own[at] * own[at];
            if (squares > NORM2_BOUND) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAtMostOne(long value) {
        return value >= -ONE && value <= ONE;
    }
}
