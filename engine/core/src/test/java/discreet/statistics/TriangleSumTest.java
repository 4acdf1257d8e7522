package discreet.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriangleSumTest {

    /** Computes the definition, product by product. */
    private static void naive(long[] sums, int order, int[] positions, int[] values) {
        for (int x = 0; x < positions.length; x++) {
            for (int y = x + 1; y < positions.length; y++) {
                sums[PackedTriangle.rowBase(positions[x], order) + positions[y]] += (long) values[x] * values[y];
            }
        }
    }

    /**
     * Covers orders around a tile's, rows of every length, and buffers of one row, some rows and all rows.
     * The values behind the triangle must stay.
     */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "255, 255", "256, 300", "257, 5000", "600, 600", "600, 10000", "600, 1000000"})
    void add_randomRows_equalsTheNaiveSum(int order, int maxEntries) {
        Random random = new Random(order + maxEntries);
        long[] sums = new long[PackedTriangle.length(order) + 3];
        long[] expected = sums.clone();
        TriangleSum triangle = new TriangleSum(sums, order, maxEntries);
        for (int row = 0; row < 300; row++) {
            double share = row == 7 ? 1 : Math.pow(random.nextDouble(), 3);
            int[] positions = IntStream.range(0, order)
                    .filter(position -> random.nextDouble() < share)
                    .toArray();
            int[] values = random.ints(positions.length).toArray(); // products wrap, which is allowed
            triangle.add(positions, values);
            naive(expected, order, positions, values);
            if (row % 100 == 99) {
                triangle.flush();
                triangle.flush();
                assertThat(sums).isEqualTo(expected);
            }
        }
    }

    /**
     * With a large catalogue many users have no or hardly any item in the head. Their rows may outnumber the
     * buffer's offsets.
     */
    @Test
    void add_moreShortRowsThanFit_areSummed() {
        int order = PackedTriangle.MAX_ORDER / 64;
        long[] sums = new long[PackedTriangle.length(order)];
        TriangleSum triangle = new TriangleSum(sums, order);
        int[] pair = {0, order - 1};
        for (int row = 0; row < 3_000_000; row++) {
            triangle.add(new int[row % 2], new int[row % 2]);
            if (row % 10 == 0) {
                triangle.add(pair, new int[] {3, 5});
            }
        }
        triangle.flush();
        assertThat(sums[PackedTriangle.rowBase(0, order) + order - 1]).isEqualTo(300_000 * 15);
    }
}
