package discreet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemainingBudgetTest {
    private static final Budget CAP = Budget.withItems(5, Plans.DELTA);
    private static final Delta FOR_IDS = PartitionSelection.deltaOf(CAP);

    @Test
    void full_cap_hasAllOfItLeft() {
        RemainingBudget budget = RemainingBudget.full(CAP);

        assertThat(budget.population()).isNull();
        assertThat(budget.charged()).isEqualTo(PrivacyCost.NOTHING);
        assertThat(budget.left()).isEqualTo(5);
        assertThat(budget.left(FOR_IDS)).isEqualTo(5);
        assertThat(budget.spent()).isZero();
    }

    /** What is left, as printed, is admitted, and the next printed number is not. */
    @ParameterizedTest
    @ValueSource(doubles = {.01, .5, 1, 3, 4.99})
    void leftToAskFor_afterACharge_isTheLargestThatIsAdmitted(double spent) {
        TrainingRequest request = Plans.request(spent).build();
        RemainingBudget budget =
                RemainingBudget.full(CAP).after(request.plan(CAP).price());
        double left = budget.leftToAskFor(Delta.ZERO);

        assertThat(budget.admits(request.withEpsilon(left).plan(CAP).price())).isTrue();
        assertThat(budget.admits(request.withEpsilon(left * 1.002).plan(CAP).price()))
                .isFalse();
    }

    @Test
    void left_deltaForIdsUsedUp_isNothingForPrivateIdsAndTheRestForListedOnes() {
        RemainingBudget budget =
                RemainingBudget.full(CAP).withCharged(new PrivacyCost(Rho.roundedUp(.01), CAP.deltaForItems()));

        assertThat(budget.left(FOR_IDS)).isZero();
        assertThat(budget.leftToAskFor(FOR_IDS)).isZero();
        assertThat(budget.left()).isBetween(4.0, 5.0);
    }

    @Test
    void left_rhoUsedUp_isNothing() {
        RemainingBudget budget = RemainingBudget.full(CAP).withCharged(new PrivacyCost(CAP.largestRho(), Delta.ZERO));

        assertThat(budget.left()).isZero();
        assertThat(budget.admits(new PrivacyCost(new Rho(1), Delta.ZERO))).isFalse();
    }

    /** Equal to charging one after the other until a refusal. */
    @Test
    void fitting_pricesWithAndWithoutDelta_isWhatIsAdmittedOneByOne() {
        for (PrivacyCost price : new PrivacyCost[] {
            new PrivacyCost(CAP.largestRho().dividedUp(7), Delta.ZERO),
            new PrivacyCost(CAP.largestRho().dividedUp(7), FOR_IDS),
            new PrivacyCost(CAP.largestRho().dividedUp(50), FOR_IDS),
            new PrivacyCost(CAP.largestRho().times(2), Delta.ZERO)
        }) {
            RemainingBudget budget = RemainingBudget.full(CAP);
            long admitted = 0;
            for (RemainingBudget now = budget; now.admits(price); now = now.after(price)) {
                admitted++;
            }

            assertThat(budget.fitting(price)).as(price.toString()).isEqualTo(admitted);
        }
    }

    @Test
    void of_population_decidesAsTheLedgerDoesUntilItIsClosed(@TempDir Path folder) {
        try (Ledger ledger = Ledger.open(Ledger.sqliteUrl(folder.resolve("ledger.db")))) {
            Population population = ledger.openPopulation("viewers", CAP, null);
            population.reserve(Plans.ranking(3).reservation("first")).close();
            RemainingBudget budget = RemainingBudget.of(population.status());

            assertThat(budget.population()).isEqualTo("viewers");
            assertThat(budget.left()).isEqualTo(population.status().epsilonLeft());
            assertThat(budget.spent()).isEqualTo(population.status().epsilonSpent());
            population.close();
            RemainingBudget closed = RemainingBudget.of(population.status());

            assertThat(closed.closed()).isTrue();
            assertThat(closed.left()).isZero();
            assertThat(closed.fitting(new PrivacyCost(new Rho(1), Delta.ZERO))).isZero();
        }
    }
}
