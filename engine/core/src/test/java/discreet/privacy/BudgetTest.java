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
            assertThat(budget.admits(rho(rho))).isTrue();
            assertThat(budget.admits(rho(rho.plus(new Rho(rho.units() / 1000 + 2)))))
                    .isFalse();
        }
    }

    @Test
    void largestEpsilon_anyRho_buysItAndNotAUnitMore() {
        Random random = new Random(2);
        for (int i = 0; i < 50; i++) {
            Rho rho = Rho.roundedDown(Math.exp(random.nextDouble() * 14 - 10));
            double delta = Math.pow(10, -2 - random.nextDouble() * 10);

            double epsilon = new Budget(1, delta).largestEpsilon(rho);

            assertThat(new Budget(epsilon, delta).largestRho()).isLessThanOrEqualTo(rho);
            assertThat(new Budget(epsilon * 1.0001, delta).largestRho()).isGreaterThan(rho);
        }
    }

    @ParameterizedTest
    @CsvSource({"1e-300, 1e-300", "1e-12, 1e-12", "1e6, 1e-9", "1e300, .999", "1e-300, .999"})
    void largestRho_extremeBudgets_isAdmitted(double epsilon, double delta) {
        Budget budget = new Budget(epsilon, delta);
        assertThat(budget.admits(rho(budget.largestRho()))).isTrue();
        assertThat(budget.admits(rho(Rho.MAX))).isFalse();
    }

    @Test
    void largestRho_tooLittleForTheUse_namesTheSmallestEpsilonThatIsEnough() {
        Rho least = new Rho(100);
        assertThatThrownBy(() -> new Budget(1e-9, 1e-12).largestRho(least, "train", "split"))
                .isInstanceOf(InputException.class)
                .hasMessage("Cannot train: `epsilon` 1.0E-9 is too small to split. The minimum at delta 1.0E-12 is"
                        + " 0.000071.");
        assertThat(new Budget(.000071, 1e-12).largestRho(least, "train", "split"))
                .isGreaterThanOrEqualTo(least);
        assertThat(new Budget(.000070, 1e-12).largestRho()).isLessThan(least);
    }

    @Test
    void largestRho_epsilonThatHasNoRho_isTooLarge() {
        assertThatThrownBy(() -> new Budget(1e300, 1e-5).largestRho(new Rho(1), "train", "split"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("too large to be converted");
    }

    @Test
    void admits_noDeltaCharged_convertsAtExactlyTheCapsDelta() {
        Rho rho = Rho.roundedUp(.125);
        double cost = Zcdp.epsilon(.125, 1e-5);
        assertThat(new Budget(cost, 1e-5).admits(rho(rho))).isTrue();
        assertThat(new Budget(Math.nextDown(cost), 1e-5).admits(rho(rho))).isFalse();
    }

    @Test
    void admits_partForItems_isALimitOfItsOwnBesideTheOneForNoise() {
        Budget budget = Budget.withItems(1, 1e-5);
        Delta part = budget.deltaForItems();
        assertThat(part.toDouble()).isBetween(.9999e-6, 1e-6);
        assertThat(budget.deltaForNoise()).isBetween(9e-6, 9.0001e-6);
        assertThat(budget.largestRho()).isEqualTo(new Budget(1, budget.deltaForNoise()).largestRho());

        assertThat(budget.admits(new PrivacyCost(budget.largestRho(), part))).isTrue();
        assertThat(budget.admits(new PrivacyCost(new Rho(1), new Delta(part.units() + 1))))
                .isFalse();
        assertThat(budget.admits(rho(new Rho(budget.largestRho().units() * 101 / 100))))
                .as("delta for items that is not spent buys no rho")
                .isFalse();
    }

    /**
     * The trade that a single limit admits: an operator spends all of delta on ids where the first releases
     * came out one way, and all of it on rho where they came out another way. Here both ends are within two
     * limits that were fixed before.
     */
    @Test
    void admits_eitherAllRhoOrAllDelta_isWithinTheSameTwoLimits() {
        Budget budget = new Budget(1, 1e-5, Delta.roundedUp(5e-6));
        PrivacyCost noise = rho(budget.largestRho());
        PrivacyCost ids = new PrivacyCost(new Rho(1), budget.deltaForItems());

        assertThat(budget.deltaForNoise() + budget.deltaForItems().toDouble()).isLessThanOrEqualTo(1e-5);
        assertThat(budget.epsilon(noise)).isLessThanOrEqualTo(1);
        assertThat(budget.epsilon(ids)).isLessThanOrEqualTo(1);
        assertThat(budget.admits(rho(new Budget(1, 1e-5).largestRho())))
                .as("rho at the whole delta")
                .isFalse();
    }

    @Test
    void epsilonReplacingOne_partForItems_countsTwice() {
        Budget budget = Budget.withItems(1, 1e-5);
        Rho rho = Rho.roundedUp(.05);
        Delta twice = budget.deltaForItems().plus(budget.deltaForItems());

        assertThat(budget.epsilonReplacingOne(new PrivacyCost(rho, twice))).isEqualTo(rho.epsilon(twice.leftOf(1e-5)));
        assertThat(budget.epsilonReplacingOne(new PrivacyCost(rho, new Delta(twice.units() + 1))))
                .isInfinite();
        assertThat(new Budget(1, 1e-5, Delta.roundedUp(5e-6)).epsilonReplacingOne(rho(rho)))
                .isInfinite();
    }

    @Test
    void budget_allDeltaForItems_isRefused() {
        assertThatThrownBy(() -> new Budget(1, 1e-5, Delta.roundedUp(1e-5)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("`deltaForItems` must be below `delta`");
    }

    private static PrivacyCost rho(Rho rho) {
        return new PrivacyCost(rho, Delta.ZERO);
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
