package discreet.statistics;

import java.math.BigInteger;

/**
 * Sums the item statistic and the number of users exactly. For each item it sums 1/sqrt(k) over users, k
 * being a user's number of remaining items. The number of users follows after the last item.
 *
 * <p><b>Sensitivity of the statistic: 1 (2^19 in integers).</b> Neighbouring data sets differ by one user,
 * added or removed. That user adds isqrt(4^19 / k) to each of k items. The squared norm is therefore at most
 * k (4^19 / k) = 4^19 for every k, because integer division and the integer square root both round down.
 *
 * <p><b>Sensitivity of the number: 1.</b>
 */
public record ItemSum(int items) implements UserAggregator<int[]> {
    /** Scale of the statistic, on which 2^19 stands for 1. */
    public static final int BITS = 19;

    @Override
    public int length() {
        return items + 1;
    }

    /** Returns what a user with {@code k} items, at least 1, adds to each of them, at scale 2^19. */
    public static long contribution(int k) {
        return BigInteger.valueOf((1L << 2 * BITS) / k).sqrt().longValueExact();
    }

    @Override
    public Partial<int[]> start() {
        long[] sums = new long[length()];
        return new Partial<>() {
            @Override
            public void add(int[] history) {
                if (history.length == 0) {
                    return; // a user without remaining items does not count
                }
                long each = contribution(history.length);
                for (int item : history) {
                    sums[item] += each;
                }
                sums[items]++;
            }

            @Override
            public long[] sums() {
                return sums;
            }
        };
    }
}
