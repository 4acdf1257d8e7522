package discreet.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowBuilderTest {
    private static final RowScale SCALE = new RowScale(19);

    /**
     * Returns the squared norm of the strict upper triangle of the outer product, which is what one user adds
     * to the Gram matrix.
     */
    private static BigInteger contribution2(Head head, ContentBasis content, IntegerRow row) {
        BigInteger squares = BigInteger.ZERO;
        BigInteger fourth = BigInteger.ZERO;
        for (long x : GramSumTest.dense(head, content, row)) {
            BigInteger x2 = BigInteger.valueOf(x).pow(2);
            squares = squares.add(x2);
            fourth = fourth.add(x2.pow(2));
        }
        return squares.pow(2).subtract(fourth).shiftRight(1);
    }

    private static void assertCharged(Head head, IntegerRow row) {
        assertCharged(head, ContentBasis.none(head), row);
    }

    private static void assertCharged(Head head, ContentBasis content, IntegerRow row) {
        assertThat(contribution2(head, content, row))
                .isLessThanOrEqualTo(BigInteger.valueOf(SCALE.sensitivity()).pow(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void of_randomAndAdversarialUsers_neverPassesTheSensitivity(long seed) {
        Random random = new Random(seed);
        int items = 60 + random.nextInt(200);
        Head head = Head.choose(GramSumTest.skewedStatistic(items, random), 5000, .2, items - 10);
        RowBuilder rows = new RowBuilder(head, SCALE);
        for (int[] user : GramSumTest.users(items, 300, random)) {
            assertCharged(head, rows.of(new RankingRows(head).of(user)));
        }
        for (int item = 0; item < items; item++) {
            assertCharged(head, rows.of(new RankingRows(head).of(new int[] {item})));
        }
        assertCharged(
                head, rows.of(new RankingRows(head).of(IntStream.range(0, items).toArray())));
        // A user whose items are exactly the popular ones has almost nothing left once popularity is
        // subtracted
        for (int most = 1; most < items; most += 7) {
            assertCharged(
                    head,
                    rows.of(new RankingRows(head).of(IntStream.range(0, most).toArray())));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void of_rowsWithContent_neverPassTheSensitivity(long seed) {
        Random random = new Random(seed);
        int items = 60 + random.nextInt(200);
        double[] statistic = GramSumTest.skewedStatistic(items, random);
        Head head = Head.choose(statistic, 5000, .2, items - 10);
        // A basis of a catalogue, one that is far from orthogonal, and one whose directions are all
        // popularity itself
        for (ContentBasis content : List.of(
                ContentBasisTest.random(head, statistic, 12, random),
                ContentBasis.of(
                        head, 7, random.longs(7L * head.size(), -1024, 1025).toArray()),
                ContentBasis.of(
                        head,
                        2,
                        IntStream.range(0, 2 * head.size())
                                .mapToLong(at -> head.direction(at / 2))
                                .toArray()))) {
            RowBuilder rows = new RowBuilder(head, SCALE, content);
            for (int[] user : GramSumTest.users(items, 300, random)) {
                assertCharged(head, content, rows.of(new RankingRows(head).of(user)));
            }
            for (int most = 1; most <= items; most++) {
                assertCharged(
                        head,
                        content,
                        rows.of(new RankingRows(head)
                                .of(IntStream.range(0, most).toArray())));
                assertCharged(head, content, rows.of(new RankingRows(head).of(new int[] {most - 1})));
            }
            for (int turn = 0; turn < 500; turn++) {
                int[] positions = random.ints(0, head.size())
                        .distinct()
                        .limit(20)
                        .sorted()
                        .toArray();
                int[] values = random.ints(positions.length).toArray();
                assertCharged(head, content, rows.shrinkToBound(positions, values));
            }
        }
    }

    @Test
    void norm2_termsTooLargeForLongs_countAsTooLarge() {
        Head head = Head.choose(new double[] {4, 3, 2}, 50, .1, 3);
        RowBuilder rows = new RowBuilder(head, SCALE);
        int[] a = {Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE};
        assertThat(rows.norm2(a, new long[] {0}, new long[] {0})).isEqualTo(Long.MAX_VALUE);
        assertThat(rows.norm2(new int[3], new long[] {1}, new long[] {Long.MAX_VALUE}))
                .isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void shrinkToBound_extremeProposals_areBroughtWithinTheBound(long seed) {
        Random random = new Random(seed);
        Head head = Head.choose(GramSumTest.skewedStatistic(50, random), 5000, .2, 50);
        RowBuilder rows = new RowBuilder(head, SCALE);
        for (int turn = 0; turn < 2000; turn++) {
            int size = 1 + random.nextInt(50);
            int[] positions = random.ints(0, 50).distinct().limit(size).sorted().toArray();
            int bits = 1 + random.nextInt(31);
            int[] values = random.ints(size, Integer.MIN_VALUE >> (31 - bits), Integer.MAX_VALUE >> (31 - bits))
                    .toArray();
            IntegerRow row = rows.shrinkToBound(positions, values);
            BigInteger norm2 = BigInteger.ZERO;
            for (long x : GramSumTest.dense(head, row)) {
                norm2 = norm2.add(BigInteger.valueOf(x).pow(2));
            }
            assertThat(norm2).isLessThanOrEqualTo(BigInteger.valueOf(SCALE.norm2Bound()));
        }
    }

    @Test
    void of_ordinaryUser_usesTheWholeBound() {
        Random random = new Random(5);
        Head head = Head.choose(GramSumTest.skewedStatistic(100, random), 5000, .2, 100);
        IntegerRow row = new RowBuilder(head, SCALE).of(new RankingRows(head).of(new int[] {3, 20, 21, 50, 77}));
        double norm2 = IntStream.range(0, 100)
                .mapToDouble(x -> Math.pow(GramSumTest.dense(head, row)[x], 2))
                .sum();
        assertThat(norm2).isGreaterThan(.98 * SCALE.norm2Bound());
    }

    @Test
    void of_noPopularity_leavesTheRowUncentred() {
        Head head = Head.choose(new double[] {-3, -1, -2, -9}, 10, .1, 4);
        assertThat(head.directionNorm2()).isZero();
        IntegerRow row = new RowBuilder(head, SCALE).of(new RankingRows(head).of(new int[] {0, 3}));
        assertThat(row.t()[0]).isZero();
        assertThat(row.values()[0]).isEqualTo(row.values()[1]).isGreaterThan(1 << 17);
    }

    @Test
    void of_noItemInTheHead_isEmpty() {
        Head head = Head.choose(new double[] {9, 8, 1, 0}, 10, .1, 2);
        assertThat(new RowBuilder(head, SCALE)
                        .of(new RankingRows(head).of(new int[] {2, 3}))
                        .values())
                .isEmpty();
        assertThat(new RowBuilder(head, SCALE)
                        .of(new RankingRows(head).of(new int[0]))
                        .values())
                .isEmpty();
    }
}
