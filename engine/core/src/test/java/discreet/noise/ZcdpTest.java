package discreet.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZcdpTest {
    @Test
    void epsilon_opendpsOwnExample_matches() {
        assertThat(Zcdp.epsilon(1 / 32.0, 1e-3)).isCloseTo(0.6880024554878085, within(1e-15));
        assertThat(Zcdp.delta(1 / 32.0, 0.6880024554878085)).isCloseTo(1e-3, within(1e-17));
    }

    /**
     * Published tables search alpha on a grid. That costs them up to .3 % of rho at epsilon 20, and never
     * gives more than the optimum.
     */
    @ParameterizedTest
    @CsvSource({"1, .03055", "5, .5509", "20, 5.378"})
    void largestRho_published_matches(double epsilon, double rho) {
        assertThat(Zcdp.largestRho(epsilon, 1e-5)).isBetween(rho, 1.003 * rho);
    }

    @ParameterizedTest
    @CsvSource({"1e-2, 1e-9", ".5, 1e-5", "1, 1e-6", "3.7, 1e-7", "20, 1e-5"})
    void largestRho_anyBudget_isTheLastUnitThatFits(double epsilon, double delta) {
        double rho = Zcdp.largestRho(epsilon, delta);
        assertThat(rho * 0x1p40).isEqualTo(Math.floor(rho * 0x1p40));
        assertThat(Zcdp.epsilon(rho, delta)).isLessThanOrEqualTo(epsilon);
        assertThat(Zcdp.delta(rho, epsilon)).isLessThanOrEqualTo(delta);
        assertThat(Zcdp.epsilon(rho + 0x1p-40, delta)).isGreaterThan(epsilon);
    }

    @Test
    void conversions_edges_areTotal() {
        assertThat(Zcdp.epsilon(0, 0)).isZero();
        assertThat(Zcdp.epsilon(1, 0)).isInfinite();
        assertThat(Zcdp.epsilon(1e-12, 1e-3)).isZero();
        assertThat(Zcdp.largestRho(1, 0)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"NaN, 1e-5", "-1, 1e-5", "1, NaN", "1, -1e-9", "1, 1.1"})
    void conversions_outOfRange_typedException(double first, double delta) {
        assertThatThrownBy(() -> Zcdp.epsilon(first, delta)).isInstanceOfSatisfying(NoiseException.class, e -> {
            assertThat(e.reason()).isEqualTo(NoiseException.Reason.PRIVACY_PARAMETER_OUT_OF_RANGE);
            assertThat(e).hasMessageNotContaining("1.1");
        });
        assertThatThrownBy(() -> Zcdp.largestRho(first, delta)).isInstanceOf(NoiseException.class);
    }
}
