package discreet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.RatingCase;
import discreet.history.RatedHistory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the sums of a rating training with plain arithmetic on doubles and with the reference. */
class RatingSumsTest {
    private static final int ITEMS = 24;

    private static <P> long[] sum(UserAggregator<P> aggregator, List<P> users) {
        UserAggregator.Partial<P> partial = aggregator.start();
        users.forEach(partial::add);
        return partial.sums();
    }

    private static double[] scaled(long[] sums, int bits) {
        return Arrays.stream(sums)
                .mapToDouble(value -> Math.scalb((double) value, -bits))
                .toArray();
    }

    @Test
    void means_referenceCase_areTheReference() {
        RatingCase reference = new RatingCase(false);
        long[] sums = sum(new MeanSum(), reference.users());

        assertThat(sums[0]).isEqualTo(80L << MeanSum.BITS);
        assertThat(Math.scalb((double) sums[1], -MeanSum.BITS) / 80)
                .isCloseTo(reference.number("mean"), within(Math.scalb(1.0, -MeanSum.BITS)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void biases_referenceCase_areTheReference(boolean tagged) {
        RatingCase reference = new RatingCase(tagged);
        double mean = reference.number("mean");
        double[] flat = new double[ITEMS];
        Arrays.fill(flat, mean);
        assertRound(reference, .4, flat, "counts1", "sums1");

        double[] biases = reference.vector("biases1");
        assertRound(
                reference, .2, Arrays.stream(biases).map(bias -> mean + bias).toArray(), "counts2", "sums2");
    }

    private static void assertRound(
            RatingCase reference, double alpha, double[] expected, String counts, String residuals) {
        double[] sums = scaled(sum(new BiasSum(alpha, expected), reference.users()), BiasSum.BITS);
        double rounding = Math.scalb(80.0, -BiasSum.BITS) / alpha;
        for (int item = 0; item < ITEMS; item++) {
            assertThat(sums[item] / alpha).isCloseTo(reference.vector(counts)[item], within(rounding));
            assertThat(sums[ITEMS + item]).isCloseTo(reference.vector(residuals)[item], within(rounding));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gram_referenceCase_isTheReference(boolean tagged) {
        RatingCase reference = new RatingCase(tagged);
        double mean = reference.number("mean");
        double[] expected = Arrays.stream(reference.vector("biases"))
                .map(bias -> mean + bias)
                .toArray();
        Head head = Head.choose(Head.Rule.RATING, reference.vector("counts"), 80, reference.number("sigma"), 4096);
        assertThat(IntStream.range(0, head.size())
                        .map(head::item)
                        .asDoubleStream()
                        .toArray())
                .containsExactly(reference.vector("head"));

        RowScale scale = new RowScale(19);
        GramSum<RatedHistory> gram = GramSum.rating(head, scale, expected, reference.vector("variances"));
        double[] triangle = scaled(gram.finish(sum(gram, reference.users())), 38);

        double[] exact = reference.gram();
        assertThat(triangle).hasSameSizeAs(exact);
        for (int at = 0; at < exact.length; at++) {
            // The popularity direction is an integer of 10 bits, and rows leave room for rounding. Both are
            // of the order of 2^-9.
            assertThat(triangle[at]).isCloseTo(exact[at], within(.1));
        }
    }

    /** The naive twin builds a dense row, centred by the integer direction, and its outer product. */
    @Test
    void gram_anyUsers_isTheSumOfOuterProducts() {
        Random random = new Random(3);
        double[] counts = random.doubles(40, 1, 30).toArray();
        double[] expected = random.doubles(40, -.5, .5).toArray();
        double[] variances = random.doubles(40, .001, .3).toArray();
        Head head = Head.choose(Head.Rule.RATING, counts, 1000, .5, 25);
        RowScale scale = new RowScale(17);
        double[] certainty = Arrays.stream(variances).map(Residuals::certainty).toArray();
        GramSum<RatedHistory> gram = GramSum.rating(head, scale, expected, variances);
        RowBuilder rows = new RowBuilder(head, scale);
        long[] naive = new long[25 * 24 / 2];
        List<RatedHistory> users =
                IntStream.range(0, 60).mapToObj(user -> random(random, 40)).toList();
        for (RatedHistory user : users) {
            IntegerRow row = rows.of(new RatingRows(head, expected, certainty).of(user));
            long[] dense = new long[25];
            for (int x = 0; x < row.positions().length; x++) {
                dense[row.positions()[x]] = row.values()[x];
            }
            for (int position = 0; position < 25; position++) {
                dense[position] -= row.t()[0] * head.direction(position);
            }
            int at = 0;
            for (int i = 0; i < 25; i++) {
                for (int j = i + 1; j < 25; j++) {
                    naive[at++] += dense[i] * dense[j];
                }
            }
        }

        assertThat(gram.finish(sum(gram, users))).isEqualTo(naive);
    }

    @Test
    void rows_anyUser_areWeightTimesShiftedResidual() {
        Random random = new Random(4);
        double[] counts = random.doubles(40, 1, 30).toArray();
        double[] expected = random.doubles(40, -.5, .5).toArray();
        double[] certainty = random.doubles(40, .2, 1).toArray();
        Head head = Head.choose(Head.Rule.RATING, counts, 1000, .5, 25);
        for (int trial = 0; trial < 50; trial++) {
            RatedHistory user = random(random, 40);
            double sum = 0;
            double weight = 0;
            for (int at = 0; at < user.size(); at++) {
                int item = user.items()[at];
                sum += certainty[item] * (user.values()[at] - expected[item]);
                weight += certainty[item];
            }
            double[] dense = new double[25];
            for (int at = 0; at < user.size(); at++) {
                int item = user.items()[at];
                if (head.position(item) >= 0) {
                    dense[head.position(item)] = head.weight(head.position(item))
                            * (.4 + user.values()[at] - expected[item] - sum / (weight + 2));
                }
            }
            Preferences row = new RatingRows(head, expected, certainty).of(user);
            assertThat(row.positions()).isSorted();
            for (int x = 0; x < row.positions().length; x++) {
                assertThat(row.values()[x]).isCloseTo(dense[row.positions()[x]], within(1e-12));
                dense[row.positions()[x]] = 0;
            }
            assertThat(dense).containsOnly(0);
        }
    }

    @Test
    void sums_noUserOrNoItem_areZero() {
        assertThat(sum(new MeanSum(), List.of())).containsExactly(0, 0);
        assertThat(sum(new MeanSum(), List.of(RatedHistory.EMPTY))).containsExactly(0, 0);
        assertThat(sum(new BiasSum(.4, new double[3]), List.of(RatedHistory.EMPTY)))
                .containsOnly(0);
    }

    /** Vectors far outside the bound become zero, and those inside stay unchanged. */
    @Test
    void shrinkToBound_anyVector_isWithinIt() {
        Random random = new Random(5);
        for (int trial = 0; trial < 2000; trial++) {
            int size = 1 + random.nextInt(500);
            double length = Math.exp(random.nextGaussian() * .02) * (1 << 19) / Math.sqrt(2.0 * size);
            long[] proposed =
                    random.longs(1 + size, -(long) length, (long) length + 1).toArray();
            long[] own = BiasSum.shrinkToBound(proposed);
            assertThat(norm2(own)).isLessThanOrEqualTo(1L << 38);
            if (norm2(proposed) <= 1L << 38) {
                assertThat(own).isEqualTo(proposed);
            }
        }
        for (long extreme : new long[] {1L << 20, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(BiasSum.shrinkToBound(new long[] {extreme, extreme, 0})).containsOnly(0);
            assertThat(BiasSum.shrinkToBound(new long[] {0, 3, extreme})).containsOnly(0);
        }
    }

    private static long norm2(long[] own) {
        long sum = own[0] * own[0] * (own.length - 1);
        for (int at = 1; at < own.length; at++) {
            sum += own[at] * own[at];
        }
        return sum;
    }

    private static RatedHistory random(Random random, int catalogue) {
        int[] items = IntStream.range(0, catalogue)
                .filter(item -> random.nextInt(3) == 0)
                .toArray();
        return new RatedHistory(items, random.doubles(items.length, -1, 1).toArray());
    }
}
