package discreet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import discreet.InputException;
import discreet.privacy.Budget;
import discreet.privacy.Rho;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankingSharesTest {

    @Test
    void of_anyTotal_addsUpToTheUnit() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            Rho total = new Rho(100 + (random.nextLong() >>> (1 + random.nextInt(56))));
            RankingShares shares = RankingShares.of(total);
            assertThat(shares.total()).isEqualTo(total);
            assertThat(shares.people().isZero()
                            || shares.items().isZero()
                            || shares.gram().isZero())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"1e-4, .3", ".03055, .23919", ".5509, .11607", "5.378, .06567", "100, .05"})
    void of_total_givesTheItemStatisticItsShare(double rho, double share) {
        RankingShares shares = RankingShares.of(Rho.roundedDown(rho));
        assertThat(shares.items().toDouble() / rho).isCloseTo(share, within(1e-4));
        assertThat(shares.people().toDouble() / rho).isCloseTo(.01, within(1e-6));
    }

    @Test
    void of_tooLittle_isRefused() {
        assertThatThrownBy(() -> RankingShares.of(new Rho(99)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("split across three releases");
        assertThatThrownBy(() -> RankingShares.of(new Budget(1e-9, 1e-12)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("split across three releases. The minimum at delta 1.0E-12 is 0.000071.");
    }

    @Test
    void replacingOne_charged_isTwice() {
        assertThat(RankingShares.replacingOne(new Rho(321))).isEqualTo(new Rho(642));
    }

    /**
     * The proof in {@link RankingShares#replacingOne}, tried on random people with few and many items,
     * opposite signs included.
     */
    @Test
    void replacingOne_randomAccounts_neverMovesMoreThanTwiceTheSquareOfOne() {
        Random random = new Random(2);
        for (int trial = 0; trial < 20_000; trial++) {
            int size = 2 + random.nextInt(8);
            double[] y = unit(random, size);
            double[] z = unit(random, size);
            double gram = 0;
            double items = 0;
            for (int i = 0; i < size; i++) {
                items += Math.pow(Math.abs(y[i]) - Math.abs(z[i]), 2);
                for (int j = i + 1; j < size; j++) {
                    gram += Math.pow(y[i] * y[j] - z[i] * z[j], 2);
                }
            }
            assertThat(items).isLessThanOrEqualTo(2 + 1e-12);
            assertThat(gram).isLessThanOrEqualTo(2 * .5 + 1e-12);
        }
    }

    private static double[] unit(Random random, int size) {
        double[] vector = new double[size];
        double square = 0;
        for (int i = 0; i < size; i++) {
            vector[i] = random.nextInt(3) == 0 ? 0 : random.nextGaussian();
            square += vector[i] * vector[i];
        }
        for (int i = 0; i < size && square > 0; i++) {
            vector[i] /= Math.sqrt(square);
        }
        return vector;
    }
}
