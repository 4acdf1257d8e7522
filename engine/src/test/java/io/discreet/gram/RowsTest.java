package io.discreet.gram;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
    private static final RowScale SCALE = new RowScale(19);

    /** Squared norm of the strict upper triangle of the outer product: what one person adds to the Gram matrix. */
    private static BigInteger contribution2(Head head, IntegerRow row) {
        BigInteger squares = BigInteger.ZERO;
        BigInteger fourth = BigInteger.ZERO;
        for (long x : GramSumTest.dense(head, row)) {
            BigInteger x2 = BigInteger.valueOf(x).pow(2);
            squares = squares.add(x2);
            fourth = fourth.add(x2.pow(2));
        }
        return squares.pow(2).subtract(fourth).shiftRight(1);
    }

    private static void assertCharged(Head head, IntegerRow row) {
        assertThat(contribution2(head, row))
                .isLessThanOrEqualTo(BigInteger.valueOf(SCALE.sensitivity()).pow(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void of_randomAndAdversarialPeople_neverPassesTheSensitivity(long seed) {
        Random random = new Random(seed);
        int items = 60 + random.nextInt(200);
        Head head = Head.choose(GramSumTest.skewedStatistic(items, random), 5000, .2, items - 10);
        Rows rows = new Rows(head, SCALE);
        for (int[] person : GramSumTest.people(items, 300, random)) {
            assertCharged(head, rows.of(new RankingRows(head).of(person)));
        }
        for (int item = 0; item < items; item++) {
            assertCharged(head, rows.of(new RankingRows(head).of(new int[] {item})));
        }
        assertCharged(
                head, rows.of(new RankingRows(head).of(IntStream.range(0, items).toArray())));
        // Whoever likes exactly what is popular has next to nothing left once popularity is taken out
        for (int most = 1; most < items; most += 7) {
            assertCharged(
                    head,
                    rows.of(new RankingRows(head).of(IntStream.range(0, most).toArray())));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void shrinkToBound_absurdProposals_areBroughtWithinTheBound(long seed) {
        Random random = new Random(seed);
        Head head = Head.choose(GramSumTest.skewedStatistic(50, random), 5000, .2, 50);
        Rows rows = new Rows(head, SCALE);
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
    void of_ordinaryPerson_usesTheWholeBound() {
        Random random = new Random(5);
        Head head = Head.choose(GramSumTest.skewedStatistic(100, random), 5000, .2, 100);
        IntegerRow row = new Rows(head, SCALE).of(new RankingRows(head).of(new int[] {3, 20, 21, 50, 77}));
        double norm2 = IntStream.range(0, 100)
                .mapToDouble(x -> Math.pow(GramSumTest.dense(head, row)[x], 2))
                .sum();
        assertThat(norm2).isGreaterThan(.98 * SCALE.norm2Bound());
    }

    @Test
    void of_noPopularity_leavesTheRowUncentred() {
        Head head = Head.choose(new double[] {-3, -1, -2, -9}, 10, .1, 4);
        assertThat(head.directionNorm2()).isZero();
        IntegerRow row = new Rows(head, SCALE).of(new RankingRows(head).of(new int[] {0, 3}));
        assertThat(row.t()).isZero();
        assertThat(row.values()[0]).isEqualTo(row.values()[1]).isGreaterThan(1 << 17);
    }

    @Test
    void of_nothingInTheHead_isEmpty() {
        Head head = Head.choose(new double[] {9, 8, 1, 0}, 10, .1, 2);
        assertThat(new Rows(head, SCALE)
                        .of(new RankingRows(head).of(new int[] {2, 3}))
                        .values())
                .isEmpty();
        assertThat(new Rows(head, SCALE)
                        .of(new RankingRows(head).of(new int[0]))
                        .values())
                .isEmpty();
    }
}
