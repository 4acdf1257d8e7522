package discreet.statistics;

import discreet.history.RatedHistory;
import java.math.BigInteger;

/**
 * Sums the number of users and their mean ratings exactly, at scale 2^19. A user adds (1, mean z), z in [-1,
 * 1].
 *
 * <p><b>Sensitivity: sqrt 2, in integers ceil(sqrt 2 * 2^19).</b> Neighbouring data sets differ by one user,
 * added or removed. That user adds 2^19 to the first value. To the second, the user adds the mean rounded
 * towards zero and clipped to [-2^19, 2^19] as an integer. The squared norm is at most 2 * 4^19 for any
 * ratings. A user without remaining items adds nothing.
 */
public record MeanSum() implements UserAggregator<RatedHistory> {
    /** Scale of both values, on which 2^19 stands for 1. */
    public static final int BITS = 19;

    private static final long ONE = 1L << BITS;

    /** Returns ceil(sqrt 2 * 2^19), the L2 sensitivity of both values together. */
    public static long sensitivity() {
        // 2^(2 * 19 + 1) is no square, so the ceiling of its root is the floor plus one.
        return BigInteger.ONE.shiftLeft(2 * BITS + 1).sqrt().longValueExact() + 1;
    }

    @Override
    public int length() {
        return 2;
    }

    @Override
    public Partial<RatedHistory> start() {
        long[] sums = new long[length()];
        return new Partial<>() {
            @Override
            public void add(RatedHistory history) {
                if (history.size() > 0) {
                    sums[0] += ONE;
                    sums[1] += mean(history.values());
                }
            }

            @Override
            public long[] sums() {
                return sums;
            }
        };
    }

    /** Returns the mean of the values at scale 2^19, clipped to [-2^19, 2^19]. NaN becomes 0. */
    static long mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return Math.max(-ONE, Math.min(ONE, (long) (sum / values.length * ONE)));
    }
}
