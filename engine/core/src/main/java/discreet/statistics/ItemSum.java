package discreet.statistics;

import java.math.BigInteger;

/**
 * The item statistic and the number of people, exact: per item the sum over people of 1/sqrt(k), k being how many items a
 * person has left; then, behind the last item, the number of people.
 *
 * <p><b>Sensitivity of the statistic: 1 (2^19 in integers).</b> Neighbours: one person added or removed. That person adds
 * isqrt(4^19 / k) to each of k items, so the squared norm is at most k (4^19 / k) = 4^19, whatever k is: integer division
 * and the integer square root both round down. <b>Sensitivity of the number: 1.</b>
 */
public record ItemSum(int items) implements UserAggregator<int[]> {
    /** Scale of the statistic: 2^19 stands for 1. */
    public static final int BITS = 19;

    @Override
    public int length() {
        return items + 1;
    }

    /** What a person with {@code k} items, at least 1, adds to each of them, at scale 2^19. */
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
                    return; // nobody: whoever has no item left does not count
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
