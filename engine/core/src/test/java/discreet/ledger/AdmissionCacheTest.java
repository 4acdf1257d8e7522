package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionCacheTest {

    @ParameterizedTest
    @ValueSource(doubles = {.01, 1, 20})
    void admits_anyCostAroundTheLargest_agreesWithTheBudget(double epsilon) {
        Budget budget = Budget.withItems(epsilon, 1e-5);
        AdmissionCache cache = new AdmissionCache(budget);
        Delta[] charged = {Delta.ZERO, budget.deltaForItems(), Delta.roundedUp(1e-5), Delta.ZERO};
        for (Delta delta : charged) {
            long largest = budget.largestRho().units();
            for (long units :
                    new long[] {0, largest / 2, largest - 1, largest, largest + 1, largest + 1000, 1L << 62}) {
                if (units >= 0) {
                    Rho rho = new Rho(units);
                    assertThat(cache.admits(new PrivacyCost(rho, delta)))
                            .as("%s of %s", rho, delta)
                            .isEqualTo(budget.admits(new PrivacyCost(rho, delta)));
                }
            }
            assertThat(cache.admits(new PrivacyCost(Rho.MAX, delta))).isFalse();
        }
    }
}
