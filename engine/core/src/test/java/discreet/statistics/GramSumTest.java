package discreet.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GramSumTest {

    /** Computes the definition from dense rows and outer products, entry by entry. */
    static long[] naive(Head head, RowScale scale, int[][] users) {
        return naive(head, scale, ContentBasis.none(head), users);
    }

    static long[] naive(Head head, RowScale scale, ContentBasis content, int[][] users) {
        RowBuilder rows = new RowBuilder(head, scale, content);
        int order = head.size();
        long[] triangle = new long[PackedTriangle.length(order)];
        for (int[] user : users) {
            long[] dense = dense(head, content, rows.of(new RankingRows(head).of(user)));
            int at = 0;
            for (int i = 0; i < order; i++) {
                for (int j = i + 1; j < order; j++) {
                    triangle[at++] += dense[i] * dense[j];
                }
            }
        }
        return triangle;
    }

    static long[] dense(Head head, IntegerRow row) {
        return dense(head, ContentBasis.none(head), row);
    }

    static long[] dense(Head head, ContentBasis content, IntegerRow row) {
        long[] dense = new long[head.size()];
        for (int x = 0; x < row.positions().length; x++) {
            dense[row.positions()[x]] = row.values()[x];
        }
        for (int position = 0; position < dense.length; position++) {
            dense[position] -= row.t()[0] * head.direction(position);
            for (int c = 0; c < content.rank(); c++) {
                dense[position] -= row.t()[1 + c] * content.entry(position, c);
            }
        }
        return dense;
    }

    static double[] skewedStatistic(int items, Random random) {
        return IntStream.range(0, items)
                .mapToDouble(item -> 300.0 / (1 + item) + 5 * random.nextGaussian())
                .toArray();
    }

    static int[][] users(int items, int users, Random random) {
        int[][] result = new int[users][];
        for (int user = 0; user < users; user++) {
            double share = Math.pow(random.nextDouble(), 2);
            result[user] = IntStream.range(0, items)
                    .filter(item -> random.nextDouble() < share)
                    .toArray();
        }
        return result;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void finish_randomUsers_equalsTheNaiveSum(long seed) {
        Random random = new Random(seed);
        Head head = Head.choose(skewedStatistic(90, random), 200, .2, 70);
        RowScale scale = new RowScale(19);
        int[][] users = users(90, 200, random);
        GramSum<int[]> sum = GramSum.ranking(head, scale);
        GramSum<int[]>.Partial partial = sum.start();
        for (int[] user : users) {
            partial.add(user);
        }
        assertThat(sum.finish(partial.sums())).isEqualTo(naive(head, scale, users));
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void finish_rowsWithContent_equalsTheNaiveSum(long seed) {
        Random random = new Random(seed);
        double[] statistic = skewedStatistic(90, random);
        Head head = Head.choose(statistic, 200, .2, 70);
        RowScale scale = new RowScale(19);
        ContentBasis content = ContentBasisTest.random(head, statistic, 9, random);
        int[][] users = users(90, 200, random);
        GramSum<int[]> sum = GramSum.ranking(head, scale, content);
        GramSum<int[]>.Partial partial = sum.start();
        for (int[] user : users) {
            partial.add(user);
        }
        assertThat(sum.finish(partial.sums())).isEqualTo(naive(head, scale, content, users));
    }

    @Test
    void finish_headOfSeveralTiles_equalsTheNaiveSum() {
        Random random = new Random(6);
        int items = 2 * TriangleSum.STRIP + 50;
        Head head = Head.choose(skewedStatistic(items, random), 200, .001, items);
        RowScale scale = new RowScale(19);
        int[][] users = users(items, 300, random);
        GramSum<int[]> sum = GramSum.ranking(head, scale);
        GramSum<int[]>.Partial partial = sum.start();
        for (int[] user : users) {
            partial.add(user);
        }
        assertThat(head.size()).isEqualTo(items);
        assertThat(sum.finish(partial.sums())).isEqualTo(naive(head, scale, users));
    }

    @Test
    void finish_partialSumsPastLong_wrapAndComeOutRight() {
        Head head = Head.choose(new double[] {4, 3, 2}, 50, .1, 3);
        GramSum<int[]> sum = GramSum.ranking(head, new RowScale(19));
        GramSum<int[]>.Partial plain = sum.start();
        GramSum<int[]>.Partial overflowing = sum.start();
        int[] user = {0, 2};
        plain.add(user);
        overflowing.add(user);
        long[] shifted = overflowing.sums().clone();
        for (int turn = 0; turn < 4; turn++) {
            for (int entry = 0; entry < shifted.length; entry++) {
                shifted[entry] += Long.MAX_VALUE / 2 + 1; // four times 2^62 is 2^64, which wraps to 0
            }
        }
        assertThat(sum.finish(shifted)).isEqualTo(sum.finish(plain.sums()));
    }

    @Test
    void sensitivity_anyScale_isTheCeiling() {
        for (int bits = 1; bits <= 19; bits++) {
            BigInteger sensitivity = BigInteger.valueOf(new RowScale(bits).sensitivity());
            BigInteger square = BigInteger.ONE.shiftLeft(4 * bits - 1); // (4^s / sqrt 2)^2
            assertThat(sensitivity.pow(2)).isGreaterThanOrEqualTo(square);
            assertThat(sensitivity.subtract(BigInteger.ONE).pow(2)).isLessThan(square);
        }
    }

    @Test
    void forUsers_manyUsers_keepsEveryEntryBelow62Bits() {
        assertThat(RowScale.forUsers(6040, 10).bits()).isEqualTo(19);
        assertThat(RowScale.forUsers(100e6, 10).bits()).isEqualTo(18);
        assertThat(RowScale.forUsers(-50, 1e9).bits()).isLessThan(19);
    }
}
