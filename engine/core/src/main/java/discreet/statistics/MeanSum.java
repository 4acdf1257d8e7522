package discreet.statistics;

import discreet.history.RatedHistory;
import java.math.BigInteger;

/**
 * The number of people and the sum of their mean ratings, exact, at scale 2^19: per person (1, mean z), z in [-1, 1].
 *
 * <p><b>Sensitivity: sqrt 2, in integers ceil(sqrt 2 * 2^19).</b> Neighbours: one person added or removed. That person adds 2^19 to the
 * first value and to the second the mean, rounded towards zero and clipped to [-2^19, 2^19] as an integer: squared norm at most 2 *
 * 4^19, whatever the ratings are. Whoever has no item left adds nothing.
 */
public record MeanSum() implements UserAggregator<RatedHistory> {
    /** Scale: 2^19 stands for 1. */
    public static final int BITS = 19;

    private static final long ONE = 1L << BITS;

    /** ceil(sqrt 2 * 2^19): L2 sensitivity of both values together. */
    public static long sensitivity() {
        // 2^(2 * 19 + 1) is no square: the floor of its root plus one is its ceiling
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
            public void add(RatedHistory person) {
                if (person.size() > 0) {
                    sums[0] += ONE;
                    sums[1] += mean(person.values());
                }
            }

            @Override
            public long[] sums() {
                return sums;
            }
        };
    }

    /** Mean of the values at scale 2^19, never outside [-2^19, 2^19]: a mean that is no number counts as 0. */
    static long mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return Math.max(-ONE, Math.min(ONE, (long) (sum / values.length * ONE)));
    }
}
