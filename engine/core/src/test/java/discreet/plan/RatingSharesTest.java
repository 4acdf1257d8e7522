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

class RatingSharesTest {

    @Test
    void of_anyTotal_addsUpToItAndLeavesNothingOut() {
        Random random = new Random(7);
        for (int trial = 0; trial < 10_000; trial++) {
            Rho total = new Rho(RatingShares.MIN_UNITS + (long) Math.exp(random.nextDouble() * 36));
            RatingShares shares = RatingShares.of(total, 1 + random.nextInt(Integer.MAX_VALUE));

            assertThat(shares.total()).isEqualTo(total);
            assertThat(shares.people().isZero()).isFalse();
            assertThat(shares.firstRound().isZero()).isFalse();
            assertThat(shares.secondRound().isZero()).isFalse();
            assertThat(shares.gram().isZero()).isFalse();
        }
    }

    /** Share of the biases in what people leave: the method's formula, and its two ends. */
    @ParameterizedTest
    @CsvSource({
        ".03055, 6040, .75090", // n sqrt(2 rho) / 1500 is .9953
        "5.378, 6040, .36290",
        "1, 1, .85",
        "1000, 1000000000, .2"
    })
    void of_usualBudgets_areTheMethods(double rho, long people, double biases) {
        Rho total = Rho.roundedDown(rho);
        RatingShares shares = RatingShares.of(total, people);

        double first = shares.firstRound().toDouble();
        double second = shares.secondRound().toDouble();
        assertThat(shares.people().toDouble()).isCloseTo(.01 * rho, within(1e-9));
        assertThat((first + second) / (.99 * rho)).isCloseTo(biases, within(2e-3));
        assertThat(first / (first + second)).isCloseTo(.25, within(1e-6));
    }

    @Test
    void of_whatCannotBeDivided_isRefused() {
        assertThatThrownBy(() -> RatingShares.of(new Rho(99), 10))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("split across four releases");
        assertThatThrownBy(() -> RatingShares.of(new Budget(1e-9, 1e-12), 10))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("split across four releases. The minimum at delta 1.0E-12 is 0.000071.");
        assertThatThrownBy(() -> RatingShares.of(new Rho(1_000_000), 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("`expectedPeople` must be > 0");
    }
}
