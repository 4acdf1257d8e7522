package discreet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContentBasisTest {

    /** Returns the basis of a catalogue with random tags. */
    static ContentBasis random(Head head, double[] statistic, int tags, Random random) {
        double[][] indicators = new double[head.size()][tags];
        for (double[] item : indicators) {
            for (int tag = 0; tag < tags; tag++) {
                item[tag] = random.nextInt(4) == 0 ? 1 : 0;
            }
        }
        return ContentBasis.of(head, statistic, 2, indicators, 1);
    }

    @Test
    void of_randomTags_isOrthonormalAndOrthogonalToPopularity() {
        Random random = new Random(1);
        double[] statistic = GramSumTest.skewedStatistic(200, random);
        Head head = Head.choose(statistic, 5000, .05, 200);
        ContentBasis content = random(head, statistic, 10, random);
        Directions directions = new Directions(head, content);
        assertThat(content.rank()).isEqualTo(10);
        for (int c = 1; c <= 10; c++) {
            assertThat(directions.product(0, c) / (double) (1 << 20)).isCloseTo(0, within(.03));
            for (int d = 1; d <= 10; d++) {
                assertThat(directions.product(c, d) / (double) (1 << 20)).isCloseTo(c == d ? 1 : 0, within(.03));
            }
        }
    }

    @Test
    void of_identicalTags_giveOneDirection() {
        double[] statistic = GramSumTest.skewedStatistic(40, new Random(2));
        Head head = Head.choose(statistic, 5000, .05, 40);
        double[][] tags = IntStream.range(0, head.size())
                .mapToObj(i -> new double[] {i % 2, i % 2, 0})
                .toArray(double[][]::new);
        assertThat(ContentBasis.of(head, statistic, 2, tags, 1).rank()).isEqualTo(1);
    }

    /**
     * A row must be (.6 I + .4 Phi Phi^T) times the row without content, up to the rounding of the
     * directions, and as long as the bound allows.
     */
    @Test
    void of_rowOfAUser_isTransformedByContent() {
        Random random = new Random(7);
        double[] statistic = GramSumTest.skewedStatistic(120, random);
        Head head = Head.choose(statistic, 5000, .05, 120);
        ContentBasis content = random(head, statistic, 6, random);
        RowScale scale = new RowScale(19);
        Preferences user = new RankingRows(head).of(new int[] {1, 4, 9, 30, 31, 77, 100});
        double[] plain = unit(GramSumTest.dense(head, new RowBuilder(head, scale).of(user)));
        double[] transformed = unit(GramSumTest.dense(head, content, new RowBuilder(head, scale, content).of(user)));
        double[] expected = new double[plain.length];
        for (int i = 0; i < plain.length; i++) {
            expected[i] = ContentBasis.IDENTITY_WEIGHT * plain[i];
            for (int c = 0; c < content.rank(); c++) {
                double along = 0;
                for (int j = 0; j < plain.length; j++) {
                    along += content.entry(j, c) * plain[j];
                }
                expected[i] += ContentBasis.CONTENT_WEIGHT * along * content.entry(i, c) / (1 << 20);
            }
        }
        assertThat(cosine(transformed, expected)).isGreaterThan(.9999);
        assertThat(cosine(plain, expected)).as("a row without content").isLessThan(.999);
    }

    private static double[] unit(long[] row) {
        double[] values = Arrays.stream(row).asDoubleStream().toArray();
        double norm = Math.sqrt(product(values, values));
        return Arrays.stream(values).map(value -> value / norm).toArray();
    }

    private static double cosine(double[] one, double[] other) {
        return product(one, other) / Math.sqrt(product(one, one) * product(other, other));
    }

    private static double product(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] * other[i])
                .sum();
    }

    @Test
    void of_noTags_isEmpty() {
        double[] statistic = GramSumTest.skewedStatistic(40, new Random(2));
        Head head = Head.choose(statistic, 5000, .05, 40);
        assertThat(ContentBasis.of(head, statistic, 2, new double[head.size()][0], 1)
                        .isEmpty())
                .isTrue();
        assertThat(ContentBasis.of(head, statistic, 2, new double[head.size()][3], 1)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void of_storedEntriesThatDoNotFit_areRefused() {
        Head head = Head.choose(new double[] {3, 2, 1}, 5000, .05, 3);
        assertThatThrownBy(() -> ContentBasis.of(head, 2, new long[5])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ContentBasis.of(head, 1, new long[] {0, 1025, 0}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** T K T of a known K, decomposed and undone, must be K again. */
    @Test
    void undo_spectrumOfATransformedMatrix_isThatOfThePlainOne() {
        Random random = new Random(3);
        double[] statistic = GramSumTest.skewedStatistic(30, random);
        Head head = Head.choose(statistic, 5000, .05, 30);
        ContentBasis content = random(head, statistic, 4, random);
        int order = head.size();
        double[][] t = new double[order][order];
        for (int i = 0; i < order; i++) {
            t[i][i] = ContentBasis.IDENTITY_WEIGHT;
            for (int j = 0; j < order; j++) {
                for (int c = 0; c < content.rank(); c++) {
                    t[i][j] += ContentBasis.CONTENT_WEIGHT * content.entry(i, c) * content.entry(j, c) / (1 << 20);
                }
            }
        }
        double[][] plain = new double[order][order];
        for (int component = 0; component < 5; component++) {
            double[] v = random.doubles(order).map(x -> x - .5).toArray();
            for (int i = 0; i < order; i++) {
                for (int j = 0; j < order; j++) {
                    plain[i][j] += (1 + component) * v[i] * v[j];
                }
            }
        }
        double[][] transformed = times(times(t, plain), t);
        double[] eigen = Faer.eigen(
                Arrays.stream(transformed).flatMapToDouble(Arrays::stream).toArray(), order, 1);
        Spectrum spectrum =
                content.undo(new Spectrum(Spectrum.leadingVectors(eigen, order, 5), Arrays.copyOf(eigen, 5), 1), 1);
        assertThat(spectrum.rank()).isEqualTo(5);
        assertThat(spectrum.bulk()).isEqualTo(2);
        for (int i = 0; i < order; i++) {
            for (int j = 0; j < order; j++) {
                double entry = 0;
                for (int q = 0; q < 5; q++) {
                    entry += spectrum.vectors()[i * 5 + q] * spectrum.eigenvalues()[q] * spectrum.vectors()[j * 5 + q];
                }
                assertThat(entry).isCloseTo(plain[i][j], within(1e-9));
            }
        }
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] product = new double[a.length][b.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                for (int k = 0; k < b.length; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }
}
