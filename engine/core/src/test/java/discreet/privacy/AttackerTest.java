package discreet.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttackerTest {
    private static PrivacyCost of(double rho) {
        return new PrivacyCost(Rho.roundedUp(rho), Delta.ZERO);
    }

    /**
     * The mechanism that approximate zCDP allows and that reveals most. With probability delta it shows
     * which of the two data sets it is, and else it draws from N(0, 1) or N(sqrt(2 rho), 1). The best test
     * compares the likelihoods. Their distance is added up here on a fine grid.
     */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, .3", ".5, 0", ".5, 1e-3", ".5, .25", "2, .05", "2, 1", "8, .5"})
    void accuracy_deltaIsCharged_isThatOfTheBestTest(double rho, double delta) {
        double mean = Math.sqrt(2 * rho);
        double step = 1e-3;
        double distance = 0;
        for (double x = -12; x < mean + 12; x += step) {
            double one = Math.exp(-x * x / 2);
            double other = Math.exp(-(x - mean) * (x - mean) / 2);
            distance += step * Math.abs(one - other) / Math.sqrt(2 * Math.PI) / 2;
        }
        double variation = (1 - delta) * distance + delta;

        assertThat(Attacker.accuracy(rho, delta)).isCloseTo(.5 + variation / 2, within(1e-6));
        assertThat(Attacker.accuracy(new PrivacyCost(Rho.roundedUp(rho), Delta.roundedUp(delta))))
                .isCloseTo(Attacker.accuracy(rho, delta), within(1e-9));
    }

    @Test
    void sentence_onlyDeltaIsCharged_isNotACoin() {
        PrivacyCost cost = new PrivacyCost(Rho.ZERO, Delta.roundedUp(1e-7));

        assertThat(Attacker.sentence(cost)).contains("50.1 times in 100");
        assertThat(Attacker.sentence(new PrivacyCost(Rho.ZERO, Delta.roundedUp(.25))))
                .contains("62.5 times in 100");
    }

    @ParameterizedTest
    @CsvSource({"1, .55", "5, .70", "20, .95"})
    void accuracy_epsilonAtDelta1e5_isThePublishedOne(double epsilon, double accuracy) {
        double rho = new Budget(epsilon, 1e-5).largestRho().toDouble();
        assertThat(Attacker.accuracy(rho)).isCloseTo(accuracy, within(.005));
    }

    /** Phi(1), Phi(2) and Phi(4) come from tables. */
    @ParameterizedTest
    @CsvSource({"0, .5", "2, .8413447460685429", "8, .9772498680518208", "32, .9999683287581669"})
    void accuracy_knownRho_isPhi(double rho, double accuracy) {
        assertThat(Attacker.accuracy(rho)).isCloseTo(accuracy, within(1e-14));
    }

    @Test
    void accuracy_growsWithRhoUpToOne() {
        double last = 0;
        for (double rho = 0; rho < 300; rho += .5) {
            assertThat(Attacker.accuracy(rho)).isBetween(last - 1e-14, 1.0);
            last = Attacker.accuracy(rho);
        }
        assertThat(Attacker.accuracy(Double.POSITIVE_INFINITY)).isEqualTo(1);
    }

    @Test
    void accuracy_invalidRho_isRefused() {
        assertThatThrownBy(() -> Attacker.accuracy(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Attacker.accuracy(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Attacker.accuracy(1, 1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Attacker.accuracy(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sentence_rho_saysHowOftenInPlainWords() {
        assertThat(Attacker.sentence(of(.5509)))
                .isEqualTo("Somebody who knows everyone else's data and must guess whether one given person is in it is"
                        + " right at most about 70.1 times in 100 (a coin: 50).");
        assertThat(Attacker.sentence(of(50))).endsWith("is right practically always.");
    }

    @ParameterizedTest
    @CsvSource({"1, 55", "5, 70.1", "20, 95"})
    void timesIn100_epsilonAtDelta1e5_isRoundedUpToATenth(double epsilon, String times) {
        assertThat(Attacker.timesIn100(new Budget(epsilon, 1e-5).largestRho().toDouble()))
                .isEqualTo(times);
    }

    /** Rounding to whole numbers would give 50 for .5049, as if nothing had been released. */
    @Test
    void timesIn100_anyRho_isNeverBelowTheAccuracyAndAtMostATenthAbove() {
        assertThat(Attacker.timesIn100(0)).isEqualTo("50");
        assertThat(Attacker.timesIn100(1e-9)).isEqualTo("50.1");
        assertThat(Attacker.timesIn100(.0003)).isEqualTo("50.5");
        for (double rho = 1e-6; rho < 100; rho *= 1.01) {
            assertThat(Double.parseDouble(Attacker.timesIn100(rho)))
                    .isBetween(100 * Attacker.accuracy(rho) - 1e-9, 100 * Attacker.accuracy(rho) + .1);
        }
    }

    @Test
    void sentence_almostAlways_isNotAlwaysBefore999TimesIn1000() {
        assertThat(Attacker.sentence(of(19))).contains("99.9 times in 100");
        assertThat(Attacker.sentence(of(19.2))).contains("practically always");
    }
}
