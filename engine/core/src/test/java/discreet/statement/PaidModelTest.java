package discreet.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.SyntheticModel;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.model.RankingModel;
import discreet.plan.Plans;
import discreet.plan.RankingPlan;
import discreet.privacy.Budget;
import discreet.statistics.ItemSum;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaidModelTest {
    private static final RankingModel MODEL = SyntheticModel.of(20, 5, 2, 4, 1);
    private static final RankingPlan PLAN = Plans.ranking(1);

    private static RankingModel with(double[] statistic) {
        return new RankingModel(
                MODEL.catalogue(), statistic, MODEL.head(), MODEL.spectrum(), MODEL.parameters(), MODEL.provenance());
    }

    @Test
    void of_sealedStatisticAndOthers_onlyTheSealedOneIsPaid(@TempDir Path folder) {
        try (Ledger ledger = Ledger.open(Ledger.sqliteUrl(folder.resolve("ledger.db")))) {
            Population population = ledger.openPopulation("viewers", new Budget(5, 1e-5), null);
            double[] statistic;
            try (ChargedRelease release =
                    population.reserve(PLAN.reservation(MODEL.provenance().release()))) {
                assertThatThrownBy(() -> PaidModel.of(population, MODEL)).isInstanceOf(InputException.class);
                long[] values = release.release(
                                PLAN.items().name(), PLAN.items().sensitivity(), "{}", () -> Exact.of(new long[20]))
                        .values();
                statistic = Arrays.stream(values)
                        .mapToDouble(value -> Math.scalb((double) value, -ItemSum.BITS))
                        .toArray();
            }

            assertThat(PaidModel.of(population, with(statistic))).isTrue();
            assertThat(PaidModel.of(population, MODEL)).isFalse();
            statistic[7] = Math.nextUp(statistic[7]);
            assertThat(PaidModel.of(population, with(statistic))).isFalse();
            assertThat(PaidModel.of(population, SyntheticModel.of(19, 5, 2, 4, 1)))
                    .isFalse();
        }
    }
}
