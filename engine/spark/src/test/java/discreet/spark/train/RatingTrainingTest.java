package discreet.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import discreet.BudgetException;
import discreet.InputException;
import discreet.RatingCase;
import discreet.catalogue.Catalogue;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.ledger.PopulationStatus;
import discreet.ledger.ReleaseStatus;
import discreet.model.RatingModel;
import discreet.plan.Assumptions;
import discreet.plan.Plans;
import discreet.plan.RatingPlan;
import discreet.privacy.Budget;
import discreet.spark.DiscreetRecommender;
import discreet.spark.SparkTest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatingTrainingTest extends SparkTest {
    private static final double HUGE = 5000;

    @TempDir
    private Path folder;

    private String ledger = "";

    @BeforeEach
    void openPopulation() {
        ledger = Ledger.sqliteUrl(folder.resolve("ledger.db"));
        try (Ledger open = Ledger.open(ledger)) {
            open.openPopulation("viewers", new Budget(1.5 * HUGE, 1e-5), null);
        }
    }

    private DiscreetRecommender recommender(Catalogue catalogue) {
        return new DiscreetRecommender()
                .setLedger(ledger)
                .setPopulation("viewers")
                .setObjective("rating")
                .setRatingRange(1, 5)
                .setExpectedPeople(80)
                .setAtLeastPeople(0)
                .setCatalogue(catalogue)
                .setEpsilon(HUGE);
    }

    private DiscreetRecommender recommender() {
        return recommender(new RatingCase(true).catalogue());
    }

    private static Dataset<Row> ratings() {
        return UserData.ratings(
                spark(),
                new RatingCase(true)
                        .rows().stream()
                                .map(row -> RowFactory.create((Object[]) row))
                                .toList());
    }

    private PopulationStatus status() {
        try (Ledger open = Ledger.open(ledger)) {
            return open.population("viewers").status();
        }
    }

    private List<ReleaseStatus> releases() {
        try (Ledger open = Ledger.open(ledger)) {
            Population population = open.population("viewers");
            assertThat(population.verify().ok()).isTrue();
            return population.releases();
        }
    }

    private static RatingModel model(DiscreetRecommender recommender, Dataset<Row> ratings) {
        return (RatingModel) recommender.fit(ratings).model();
    }

    /**
     * With noise that hardly matters. Tolerances are 8 standard deviations of it and more: a false alarm in
     * 10^12 runs.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fit_hugeBudget_isTheReferenceButForNoise(boolean tagged) {
        RatingCase reference = new RatingCase(tagged);
        RatingModel model = model(recommender(reference.catalogue()), ratings());

        double sd = model.provenance().peopleSd();
        assertThat(sd).isCloseTo(Math.sqrt(2) * .1049, within(1e-3));
        assertThat(model.provenance().people()).isCloseTo(80, within(8 * sd));
        assertThat(model.mean()).isCloseTo(reference.number("mean"), within(8 * sd * 2 / 80));
        double[] counts = reference.vector("counts");
        double[] biases = reference.vector("biases");
        double[] variances = reference.vector("variances");
        double countSd = Math.hypot(reference.number("count_sd1"), reference.number("count_sd2")) / 2;
        for (int item = 0; item < counts.length; item++) {
            assertThat(model.counts()[item]).isCloseTo(counts[item], within(8 * countSd));
            assertThat(model.biases()[item]).isCloseTo(biases[item], within(.08));
            assertThat(model.biasVariances()[item]).isCloseTo(variances[item], within(.15 * variances[item]));
        }
        assertThat(model.provenance().sigma()).isCloseTo(reference.number("sigma"), within(1e-3));
        double[] eigenvalues = reference.vector("eigenvalues");
        assertThat(model.spectrum().rank()).isBetween(eigenvalues.length - 2, eigenvalues.length + 2);
        for (int component = 0; component < 3; component++) {
            assertThat(model.spectrum().eigenvalues()[component]).isCloseTo(eigenvalues[component], within(.35));
        }
        assertThat(model.prior().tags()).hasSize(tagged ? 4 : 0);
        assertThat(model.parameters().ratingRange()).isEqualTo(RatingCase.RANGE);
    }

    @Test
    void fit_anyBudget_chargesWhatWasQuotedToTheUnitAndDrawsThatNoise() {
        for (double epsilon : new double[] {1, 5, 7.3}) {
            RatingPlan quote = Plans.rating(epsilon, 80);
            long before = status().charged().rho().units();

            RatingModel model = model(recommender().setEpsilon(epsilon), ratings());

            assertThat(status().charged().rho().units() - before)
                    .isEqualTo(quote.price().rho().units());
            assertThat(model.provenance().peopleSd()).isEqualTo(quote.people().noise());
            assertThat(model.provenance().sigma())
                    .isEqualTo(quote.gram(Assumptions.DEFAULT).noise());
            assertThat(model.provenance().epsilon()).isLessThanOrEqualTo(epsilon);
        }
    }

    @Test
    void fit_sameReleaseId_returnsTheSameReleasedValuesAndChargesNothing() {
        RatingModel first = model(recommender().setReleaseId("once").setEpsilon(5), ratings());
        PopulationStatus before = status();

        // Sealed is sealed: other data, and nobody else's, come back as they were
        RatingModel again =
                model(recommender().setReleaseId("once").setEpsilon(5), UserData.ratings(spark(), List.of()));

        assertThat(status()).isEqualTo(before);
        assertThat(again.mean()).isEqualTo(first.mean());
        assertThat(again.counts()).containsExactly(first.counts());
        assertThat(again.biases()).containsExactly(first.biases());
        assertThat(again.biasVariances()).containsExactly(first.biasVariances());
        assertThat(again.prior()).isEqualTo(first.prior());
        assertThat(again.spectrum().vectors()).containsExactly(first.spectrum().vectors());
        assertThat(again.provenance().people()).isEqualTo(first.provenance().people());
        assertThat(releases()).singleElement().matches(ReleaseStatus::isSealed);
    }

    @Test
    void fit_sameReleaseIdWithOtherParameters_isRefusedAndChargesNothing() {
        recommender().setReleaseId("taken").setEpsilon(5).fit(ratings());
        PopulationStatus before = status();
        for (DiscreetRecommender other : List.of(
                recommender().setEpsilon(5.5),
                recommender().setEpsilon(5).setExpectedPeople(20_000),
                recommender().setEpsilon(5).setRatingRange(1, 6),
                recommender().setEpsilon(5).setMaxItemsPerUser(7),
                recommender().setEpsilon(5).setMaxHead(9),
                ranking())) {
            assertThatThrownBy(() -> other.setReleaseId("taken").fit(ratings()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("other parameters");
        }
        assertThat(status()).isEqualTo(before);
    }

    private DiscreetRecommender ranking() {
        return new DiscreetRecommender()
                .setLedger(ledger)
                .setPopulation("viewers")
                .setCatalogue(new RatingCase(true).catalogue())
                .setAtLeastPeople(0)
                .setEpsilon(5);
    }

    @Test
    void fit_whatCannotBeTrained_saysSoAndChargesNothing() {
        PopulationStatus before = status();
        assertThatThrownBy(() -> recommender().fit(ratings().drop("rating")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no column");
        DiscreetRecommender noRange = new DiscreetRecommender()
                .setLedger(ledger)
                .setPopulation("viewers")
                .setObjective("rating")
                .setCatalogue(new RatingCase(true).catalogue())
                .setEpsilon(1);
        assertThatThrownBy(() -> noRange.fit(ratings()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("`ratingRange`");
        assertThatThrownBy(() -> recommender().setMinRating(3).fit(ratings()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("`minRating`");
        assertThatThrownBy(() -> recommender().setObjective("both").fit(ratings()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'both'");
        for (double[] range : List.of(
                new double[] {5, 1},
                new double[] {1},
                new double[] {1, 2, 3},
                new double[] {1, Double.POSITIVE_INFINITY},
                new double[] {Double.NaN, 1})) {
            DiscreetRecommender wrong = recommender();
            wrong.set(wrong.ratingRange(), range);
            assertThatThrownBy(() -> wrong.fit(ratings()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("two finite numbers");
        }
        assertThat(status()).isEqualTo(before);
    }

    @Test
    void fit_overTheCap_isRefusedAndChargesNothing() {
        recommender().fit(ratings());
        PopulationStatus before = status();
        assertThatThrownBy(() -> recommender().fit(ratings())).isInstanceOf(BudgetException.class);
        assertThat(status()).isEqualTo(before);
    }

    @Test
    void fit_noRatingsOrMalformedOnes_givesANoiseOnlyModel() {
        List<Row> malformed = List.of(
                RowFactory.create(null, null, null, null),
                RowFactory.create("u", RatingCase.id(1), "NaN", "x"),
                RowFactory.create("u", RatingCase.id(2), "five", "1"),
                RowFactory.create("u", "elsewhere", "4", "1"));
        for (List<Row> rows : List.of(List.<Row>of(), malformed)) {
            RatingModel model = model(recommender().setEpsilon(5), UserData.ratings(spark(), rows));
            // sd of the number of people is 13.5: 10 of them, a false alarm in 10^22 runs
            assertThat(Math.abs(model.provenance().people())).isLessThan(135);
            assertThat(model.mean()).isBetween(-1.0, 1.0);
            assertThat(Arrays.stream(model.biases())).allMatch(Double::isFinite);
            assertThat(Arrays.stream(model.biasVariances())).allMatch(variance -> variance > 0 && variance < 1e300);
        }
    }

    @Test
    void fit_cataloguesOfOneItemAndOfNone_giveModels() {
        for (int items : List.of(0, 1)) {
            RatingModel model = model(recommender(UserData.catalogue(items)).setEpsilon(1), ratings());
            assertThat(model.biases()).hasSize(items);
            assertThat(model.spectrum().rank()).isZero();
        }
    }
}
