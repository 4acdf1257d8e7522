package discreet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemSumTest {
    private static final BigInteger BOUND = BigInteger.ONE.shiftLeft(2 * ItemSum.BITS);

    private static BigInteger norm2(int k, long each) {
        return BigInteger.valueOf(each).pow(2).multiply(BigInteger.valueOf(k));
    }

    private static IntStream lengths() {
        IntStream powers = IntStream.range(0, 31)
                .map(bits -> 1 << bits)
                .flatMap(power -> IntStream.of(Math.max(1, power - 1), power, power + 1));
        return IntStream.concat(
                IntStream.rangeClosed(1, 500),
                IntStream.concat(powers, IntStream.of(1_000, 10_000, 1_000_000, Integer.MAX_VALUE)));
    }

    @Test
    void contribution_anyLength_neverPassesTheSensitivity() {
        lengths()
                .forEach(k -> assertThat(norm2(k, ItemSum.contribution(k)))
                        .as("k = " + k)
                        .isLessThanOrEqualTo(BOUND));
    }

    /** Shows that the check above has power, because contributions are close to the bound. */
    @Test
    void contribution_oneUnitMore_passesTheSensitivity() {
        // Up to the length where flooring 4^19 / k alone leaves a unit of room
        IntStream.rangeClosed(1, 500)
                .forEach(k -> assertThat(norm2(k, ItemSum.contribution(k) + 1))
                        .as("k = " + k)
                        .isGreaterThan(BOUND));
    }

    @Test
    void sums_randomUsers_areTheDefinitionWithinRounding() {
        int items = 40;
        int[][] users = Arrays.stream(GramSumTest.users(items, 300, new Random(4)))
                .filter(user -> user.length > 0)
                .toArray(int[][]::new);
        UserAggregator.Partial<int[]> partial = new ItemSum(items).start();
        double[] expected = new double[items];
        for (int[] user : users) {
            partial.add(user);
            for (int item : user) {
                expected[item] += 1 / Math.sqrt(user.length);
            }
        }
        long[] sums = partial.sums();
        assertThat(sums).hasSize(items + 1);
        assertThat(sums[items]).isEqualTo(users.length);
        for (int item = 0; item < items; item++) {
            // Each user is rounded down by less than two units, once in the division and once in the root
            assertThat(Math.scalb((double) sums[item], -ItemSum.BITS))
                    .isCloseTo(expected[item], within(Math.scalb(2.0 * users.length, -ItemSum.BITS)))
                    .isLessThanOrEqualTo(expected[item] + 1e-9);
        }
    }
}
