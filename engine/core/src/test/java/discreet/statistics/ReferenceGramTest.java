package discreet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.ReferenceCase;
import org.junit.jupiter.api.Test;

class ReferenceGramTest {
    private static final int ITEMS = 30;

    private final ReferenceCase reference = new ReferenceCase();
    private final Head head =
            Head.choose(reference.vector("c"), reference.number("n"), reference.number("sigma"), 4096);
    private final RowScale scale = new RowScale(19);

    @Test
    void choose_referenceStatistic_givesItsHeadWeightsAndDirection() {
        assertThat(head.size()).isEqualTo(ITEMS);
        for (int position = 0; position < ITEMS; position++) {
            assertThat(head.item(position)).isEqualTo((int) reference.vector("head")[position]);
            assertThat(head.weight(position)).isCloseTo(reference.vector("w")[position], within(1e-15));
            assertThat(head.direction(position)).isEqualTo((long) reference.vector("P")[position]);
        }
    }

    @Test
    void of_referenceUsers_givesRowsWithinOne() {
        RowBuilder rows = new RowBuilder(head, scale);
        for (int user = 0; user < reference.users().length; user++) {
            IntegerRow row = rows.of(new RankingRows(head).of(reference.users()[user]));
            assertThat((double) row.t()[0]).isCloseTo(reference.vector("t")[user], within(1.0));
            for (int x = 0; x < row.positions().length; x++) {
                assertThat((double) row.values()[x]).isCloseTo(reference.a(user, row.positions()[x]), within(1.0));
            }
        }
    }

    @Test
    void finish_referenceUsers_givesTheExactGram() {
        GramSum<int[]> sum = GramSum.ranking(head, scale);
        GramSum<int[]>.Partial partial = sum.start();
        for (int[] user : reference.users()) {
            partial.add(user);
        }
        long[] triangle = sum.finish(partial.sums());
        for (int i = 0; i < ITEMS; i++) {
            for (int j = i + 1; j < ITEMS; j++) {
                assertThat(triangle[PackedTriangle.rowBase(i, ITEMS) + j])
                        .isEqualTo(reference.longAt("gram_exact", i, j));
            }
        }
    }

    @Test
    void denoise_referenceNoisyGram_givesItsEigenvalues() {
        Spectrum spectrum = Spectrum.denoise(noisyTriangle(reference), ITEMS, reference.number("sigma"), 2);
        assertThat(spectrum.bulk()).isCloseTo(reference.number("b"), within(1e-15));
        assertThat(spectrum.eigenvalues()).containsExactly(reference.vector("xi"), within(1e-9));
    }

    private static double[] noisyTriangle(ReferenceCase reference) {
        double[][] noisy = reference.matrix("gram_noisy");
        double[] triangle = new double[PackedTriangle.length(ITEMS)];
        for (int i = 0; i < ITEMS; i++) {
            for (int j = i + 1; j < ITEMS; j++) {
                triangle[PackedTriangle.rowBase(i, ITEMS) + j] = noisy[i][j];
            }
        }
        return triangle;
    }
}
