package discreet.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import discreet.InputException;
import discreet.noise.Zcdp;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {

    /** The expected values are the bound of {@link Zcdp} minimised over alpha in other code. */
    @ParameterizedTest
    @CsvSource({"1, .030556595197", "5, .550973474939", "20, 5.392038043741"})
    void largestRho_knownBudgets_isTheOptimumOfTheBound(double epsilon, double rho) {
        assertThat(new Budget(epsilon, 1e-5).largestRho().toDouble()).isCloseTo(rho, within(rho * 1e-10));
    }

    @Test
    void largestRho_anyBudget_isAdmittedAndAThousandthMoreIsNot() {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            Budget budget =
                    new Budget(Math.exp(random.nextDouble() * 14 - 7), Math.pow(10, -1 - random.nextDouble() * 11));
            Rho rho = budget.largestRho();
            assertThat(budget.admits(rho, Delta.ZERO)).isTrue();
            assertThat(budget.admits(rho.plus(new Rho(rho.units() / 1000 + 2)), Delta.ZERO))
                    .isFalse();
        }
    }

    @Test
    void largestEpsilon_anyRho_buysItAndNotAUnitMore() {
        Random random = new Random(2);
        for (int i = 0; i < 50; i++) {
            Rho rho = Rho.roundedDown(Math.exp(random.nextDouble() * 14 - 10));
            double delta = Math.pow(10, -2 - random.nextDouble() * 10);

            double epsilon = Budget.largestEpsilon(rho, delta);

            assertThat(new Budget(epsilon, delta).largestRho()).isLessThanOrEqualTo(rho);
            assertThat(new Budget(epsilon * 1.0001, delta).largestRho()).isGreaterThan(rho);
        }
    }

    @ParameterizedTest
    @CsvSource({"1e-300, 1e-300", "1e-12, 1e-12", "1e6, 1e-9", "1e300, .999", "1e-300, .999"})
    void largestRho_extremeBudgets_isAdmitted(double epsilon, double delta) {
        Budget budget = new Budget(epsilon, delta);
        assertThat(budget.admits(budget.largestRho(), Delta.ZERO)).isTrue();
        assertThat(budget.admits(Rho.MAX, Delta.ZERO)).isFalse();
    }

    @Test
    void largestRho_tooLittleForTheUse_namesTheSmallestEpsilonThatIsEnough() {
        Rho least = new Rho(100);
        assertThatThrownBy(() -> new Budget(1e-9, 1e-12).largestRho(Delta.ZERO, least, "train", "split"))
                .isInstanceOf(InputException.class)
                .hasMessage("Cannot train: `epsilon` 1.0E-9 is too small to split. The minimum at delta 1.0E-12 is"
                        + " 0.000071.");
        assertThat(new Budget(.000071, 1e-12).largestRho(Delta.ZERO, least, "train", "split"))
                .isGreaterThanOrEqualTo(least);
        assertThat(new Budget(.000070, 1e-12).largestRho()).isLessThan(least);
    }

    @Test
    void largestRho_epsilonThatHasNoRho_isTooLarge() {
        assertThatThrownBy(() -> new Budget(1e300, 1e-5).largestRho(Delta.ZERO, new Rho(1), "train", "split"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("too large to be converted");
    }

    @Test
    void largestRho_deltaUsedUp_asksForMoreDelta() {
        assertThatThrownBy(() -> new Budget(1, 1e-5).largestRho(Delta.roundedUp(1e-5), new Rho(1), "train", "split"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("delta 1.0E-5 is used up");
    }

    @Test
    void admits_noDeltaCharged_convertsAtExactlyTheCapsDelta() {
        Rho rho = Rho.roundedUp(.125);
        double cost = Zcdp.epsilon(.125, 1e-5);
        assertThat(new Budget(cost, 1e-5).admits(rho, Delta.ZERO)).isTrue();
        assertThat(new Budget(Math.nextDown(cost), 1e-5).admits(rho, Delta.ZERO))
                .isFalse();
    }

    @Test
    void admits_deltaCharged_paysWithWhatIsLeft() {
        Budget budget = new Budget(1, 1e-5);
        Delta tenth = Delta.roundedUp(1e-6);
        assertThat(budget.admits(budget.largestRho(), tenth)).isFalse();
        assertThat(budget.largestRho(tenth)).isLessThan(budget.largestRho());
        assertThat(budget.admits(budget.largestRho(tenth), tenth)).isTrue();
        assertThat(new PrivacyCost(new Rho(1), Delta.roundedUp(1e-6)).epsilon(1e-5))
                .isGreaterThanOrEqualTo(Zcdp.epsilon(0x1p-40, 9e-6));
    }

    @Test
    void admits_allDeltaCharged_onlyNothing() {
        Budget budget = new Budget(1, 1e-5);
        Delta all = Delta.roundedUp(1e-5);
        assertThat(budget.admits(new Rho(1), all)).isFalse();
        assertThat(budget.largestRho(all)).isEqualTo(Rho.ZERO);
        assertThat(budget.admits(Rho.ZERO, Delta.ZERO)).isTrue();
        assertThat(budget.admits(Rho.ZERO, Delta.roundedUp(1e-4))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void budget_badEpsilon_saysWhatItMustBe(double epsilon) {
        assertThatThrownBy(() -> new Budget(epsilon, 1e-5))
                .isInstanceOf(InputException.class)
                .hasMessage("Cannot set a budget: `epsilon` must be > 0 and finite. Provided value: " + epsilon
                        + ". Give another number.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1, 2, Double.NaN, Double.POSITIVE_INFINITY})
    void budget_badDelta_saysWhatItMustBe(double delta) {
        assertThatThrownBy(() -> new Budget(1, delta))
                .isInstanceOf(InputException.class)
                .hasMessage("Cannot set a budget: `delta` must be > 0 and < 1. Provided value: " + delta
                        + ". Give another number.");
    }
}
