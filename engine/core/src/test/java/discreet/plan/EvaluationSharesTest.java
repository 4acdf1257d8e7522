package discreet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.noise.DiscreteGaussian;
import discreet.privacy.Budget;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationSharesTest {
    @ParameterizedTest
    @ValueSource(doubles = {1e-5, .1, 1, 5, 100})
    void of_budget_addsUpToWhatItBuys(double epsilon) {
        Budget budget = new Budget(epsilon, 1e-5);
        EvaluationShares shares = EvaluationShares.of(budget);

        assertThat(shares.total()).isEqualTo(budget.largestRho());
        assertThat(shares.people().units()).isEqualTo(shares.total().units() / 100);
        assertThat(shares.people().isZero()).isFalse();
    }

    @Test
    void of_tooLittleToSplit_isRefusedWithTheSmallestEpsilon() {
        assertThatThrownBy(() -> EvaluationShares.of(new Budget(1e-12, 1e-9)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Cannot evaluate")
                .hasMessageContaining("`epsilon`");
    }

    /** The noise that is drawn costs no more than the share, by OpenDP's map. */
    @ParameterizedTest
    @ValueSource(doubles = {.1, 1, 5})
    void testPeople_noise_costsTheShare(double epsilon) {
        VectorPlan people = EvaluationShares.of(new Budget(epsilon, 1e-5)).testPeople();
        double cost = DiscreteGaussian.withSigma(people.sigma()).rho(people.sensitivity());

        assertThat(cost)
                .isLessThanOrEqualTo(people.rho().toDouble())
                .isGreaterThan(.999 * people.rho().toDouble());
    }

    /**
     * Three deviations are passed with probability .00135. Of 1,000 releases more than 10 pass with a
     * probability of 1.9e-7, by the binomial distribution.
     */
    @ParameterizedTest
    @ValueSource(doubles = {.1, 1, 5})
    void testPeople_nobody_rarelyPassesTheGuard(double epsilon) {
        VectorPlan people = EvaluationShares.of(new Budget(epsilon, 1e-5)).testPeople();
        long[] released = DiscreteGaussian.withSigma(people.sigma()).release(new long[1000]);

        assertThat(Arrays.stream(released)
                        .filter(value -> PeopleGuard.DEFAULT.admits((double) value / people.one(), people.noise()))
                        .count())
                .isLessThanOrEqualTo(10);
    }
}
