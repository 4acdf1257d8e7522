package discreet.statistics;

import discreet.history.RatedHistory;
import java.util.Arrays;

/**
 * One round of item biases, exact, at scale 2^19: per item how much it was rated and how much better than expected. Per person the
 * vector (alpha, e_j) over the items j rated, divided by its norm; e are the person's {@link Residuals} against what was released
 * before. Counts of all items come first, sums behind them.
 *
 * <p><b>Sensitivity: 1, in integers 2^19.</b> Neighbours: one person added or removed. The floating-point part only proposes the
 * person's integers: {@link #shrinkToBound} adds up their squares exactly and takes a vector that passes 4^19 down until it does not,
 * at worst to nothing; silently, because an error would be a release. So the bound holds for all ratings and for whatever was
 * released before. It does not grow with the range of ratings or with how many items a person has; dividing (1, e) by sqrt k instead, as is
 * often done, has norm sqrt(1 + e^2) and would need to be charged for it.
 *
 * @param alpha how much of a person goes into counts, &gt; 0
 * @param expected released: what each item of the catalogue is expected to get
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BiasSum(double alpha, double[] expected) implements UserAggregator<RatedHistory> {
    /** Scale: 2^19 stands for 1. */
    public static final int BITS = 19;

    private static final long ONE = 1L << BITS;
    private static final long NORM2_BOUND = 1L << 2 * BITS;
    private static final int SHRINKS = 32;

    /** L2 sensitivity of counts and sums together. */
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
            public void add(RatedHistory person) {
                long[] own = contribution(person);
                int[] items = person.items();
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

    /** What a person adds: first the one number that goes to the count of each item, then one number an item for its sum. */
    long[] contribution(RatedHistory person) {
        double[] residuals = Residuals.of(person, expected);
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

    /** Towards zero, so that the norm can only fall; what is no number counts as 0. */
    private static long bounded(double value) {
        return Math.max(-ONE, Math.min(ONE, (long) value));
    }

    /** Enforces a squared norm of at most 4^19 for whatever is proposed, in exact arithmetic. */
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

    /** The count part is there once an item. Stops at the bound, before a sum of squares could overflow. */
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
