package io.discreet.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttackerTest {

    @ParameterizedTest
    @CsvSource({"1, .55", "5, .70", "20, .95"})
    void accuracy_epsilonAtDelta1e5_isThePublishedOne(double epsilon, double accuracy) {
        double rho = new Budget(epsilon, 1e-5).largestRho().toDouble();
        assertThat(Attacker.accuracy(rho)).isCloseTo(accuracy, within(.005));
    }

    /** Phi(1), Phi(2), Phi(4) from tables. */
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
    void accuracy_noRho_isRefused() {
        assertThatThrownBy(() -> Attacker.accuracy(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Attacker.accuracy(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sentence_rho_saysHowOftenInPlainWords() {
        assertThat(Attacker.sentence(.5509))
                .isEqualTo("Somebody who knows everyone else's data and must guess whether one given person is in it is"
                        + " right at most about 70 times in 100 (a coin: 50).");
        assertThat(Attacker.sentence(50)).endsWith("is right practically always.");
    }
}
