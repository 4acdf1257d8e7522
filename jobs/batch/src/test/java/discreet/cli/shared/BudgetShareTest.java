package discreet.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetShareTest {
    private static final Budget CAP = new Budget(5, 1e-5);

    private static BudgetShare of(double epsilon) {
        return new BudgetShare(CAP, new PrivacyCost(CAP.withEpsilon(epsilon).largestRho(), Delta.ZERO));
    }

    @Test
    void share_oneOfFive_isFarFromAFifthAndSaysWhy() {
        assertThat(of(1).spent()).isEqualTo("5.6 %");
        assertThat(of(1).left()).isEqualTo("94.4 %");
        assertThat(of(1).why()).startsWith("Epsilon 1 of 5 is 5.6 % of the budget and not 20 %: what adds up is rho");
    }

    @Test
    void share_nothingOrEverything_needsNoReason() {
        BudgetShare nothing = new BudgetShare(CAP, PrivacyCost.NOTHING);
        assertThat(nothing.spent()).isEqualTo("0 %");
        assertThat(nothing.left()).isEqualTo("100 %");
        assertThat(nothing.why()).isEmpty();
        assertThat(of(5).spent()).isEqualTo("100 %");
        assertThat(of(5).left()).isEqualTo("0 %");
        assertThat(of(5).why()).isEmpty();
    }

    @Test
    void share_verySmall_isNotNothing() {
        assertThat(new BudgetShare(CAP, new PrivacyCost(new Rho(1), Delta.ZERO)).spent())
                .isEqualTo("0.1 %");
    }

    /** Epsilons do not: the one that is spent and the one that is left come to more than the cap. */
    @ParameterizedTest
    @ValueSource(doubles = {.1, .5, 1, 2, 3.3, 4.9})
    void share_spentAndLeft_addUp(double epsilon) {
        PrivacyCost spent = new PrivacyCost(CAP.withEpsilon(epsilon).largestRho(), Delta.ZERO);
        double left = CAP.epsilonLeft(spent);

        assertThat(epsilon + left).isGreaterThan(5.01);
        assertThat(of(epsilon).value() + of(left).value()).isCloseTo(1, within(1e-9));
    }
}
