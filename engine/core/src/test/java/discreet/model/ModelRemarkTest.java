package discreet.model;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.SyntheticModel;
import discreet.statistics.Spectrum;
import org.junit.jupiter.api.Test;

class ModelRemarkTest {
    private static final RankingModel LEARNED = SyntheticModel.of(50, 30, 4, 0, 1);

    private static RankingModel with(Spectrum spectrum, double people) {
        Provenance from = LEARNED.provenance();
        return new RankingModel(
                LEARNED.catalogue(),
                LEARNED.statistic(),
                LEARNED.head(),
                spectrum,
                LEARNED.parameters(),
                new Provenance(
                        from.population(),
                        from.release(),
                        from.ledgerHead(),
                        from.created(),
                        from.epsilon(),
                        from.delta(),
                        from.rho(),
                        people,
                        from.peopleSd(),
                        from.sigma()));
    }

    @Test
    void of_modelThatLearned_isNothing() {
        assertThat(ModelRemark.of(LEARNED)).isEmpty();
    }

    @Test
    void of_noTasteAboveTheNoise_saysWhatListsAre() {
        Spectrum none = new Spectrum(new double[0], new double[0], 1);
        Spectrum weak = new Spectrum(LEARNED.spectrum().vectors(), new double[] {.5, .4, .3, .2}, 1);
        for (Spectrum spectrum : new Spectrum[] {none, weak}) {
            assertThat(ModelRemark.of(with(spectrum, 6_000)).orElseThrow())
                    .contains("has learned nothing", "no taste stands out", "close to the popular items")
                    .doesNotContain("\n");
        }
    }

    @Test
    void of_peopleWithinTheNoise_saysSo() {
        double sd = LEARNED.provenance().peopleSd();
        assertThat(ModelRemark.of(with(LEARNED.spectrum(), 3 * sd)).orElseThrow())
                .contains("number of people");
        assertThat(ModelRemark.of(with(LEARNED.spectrum(), -sd)).orElseThrow()).contains("number of people");
        assertThat(ModelRemark.of(with(LEARNED.spectrum(), 3.01 * sd))).isEmpty();
    }
}
