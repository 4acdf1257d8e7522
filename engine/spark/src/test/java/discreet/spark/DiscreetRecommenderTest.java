package discreet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.BudgetException;
import discreet.InputException;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.ledger.PopulationStatus;
import discreet.ledger.ReleaseStatus;
import discreet.model.RankingModel;
import discreet.model.Recommendation;
import discreet.plan.Assumptions;
import discreet.plan.Plans;
import discreet.plan.RankingPlan;
import discreet.privacy.Budget;
import discreet.spark.train.UserData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscreetRecommenderTest extends SparkTest {
    private static final int ITEMS = 60;
    private static final int[][] PEOPLE = UserData.random(400, ITEMS, new Random(8));

    /**
     * On the number of people, at epsilon 8: over 9 standard deviations of 6.5, a false alarm in 10^19 runs.
     */
    private static final double NOISE = 60;

    @TempDir
    private Path folder;

    private String ledger = "";

    @BeforeEach
    void openPopulation() {
        ledger = Ledger.sqliteUrl(folder.resolve("ledger.db"));
        try (Ledger open = Ledger.open(ledger)) {
            open.openPopulation("viewers", new Budget(20, 1e-5), null);
        }
    }

    private DiscreetRecommender recommender() {
        return new DiscreetRecommender()
                .setLedger(ledger)
                .setPopulation("viewers")
                .setCatalogue(UserData.catalogue(ITEMS))
                .setAtLeastPeople(0)
                .setEpsilon(8);
    }

    private static Dataset<Row> ratings() {
        return UserData.ratings(spark(), UserData.rows(PEOPLE));
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

    private static void assertSameReleasedValues(RankingModel one, RankingModel other) {
        assertThat(one.statistic()).containsExactly(other.statistic());
        assertThat(one.spectrum().vectors()).containsExactly(other.spectrum().vectors());
        assertThat(one.spectrum().eigenvalues())
                .containsExactly(other.spectrum().eigenvalues());
        assertThat(one.spectrum().bulk()).isEqualTo(other.spectrum().bulk());
        assertThat(one.head().size()).isEqualTo(other.head().size());
        for (int position = 0; position < one.head().size(); position++) {
            assertThat(one.head().item(position)).isEqualTo(other.head().item(position));
            assertThat(one.head().weight(position)).isEqualTo(other.head().weight(position));
            assertThat(one.head().direction(position)).isEqualTo(other.head().direction(position));
        }
        assertThat(one.provenance().people()).isEqualTo(other.provenance().people());
    }

    @Test
    void fit_anyBudget_chargesWhatWasQuotedToTheUnitAndDrawsThatNoise() {
        for (double epsilon : new double[] {1, 5, 7.3}) {
            RankingPlan quote = Plans.ranking(epsilon);
            long before = status().charged().rho().units();

            RankingModel model =
                    recommender().setEpsilon(epsilon).fit(ratings()).ranking();

            assertThat(status().charged().rho().units() - before)
                    .isEqualTo(quote.shares().total().units());
            assertThat(model.provenance().peopleSd()).isEqualTo(quote.people().noise());
            assertThat(model.provenance().sigma())
                    .isEqualTo(quote.gram(Assumptions.DEFAULT).noise());
        }
    }

    @Test
    void fit_ratings_chargesOnceAndGivesAModelThatKnowsItsPrice() {
        RankingModel model = recommender().setReleaseId("first").fit(ratings()).ranking();

        assertThat(model.statistic()).hasSize(ITEMS);
        assertThat(model.provenance().population()).isEqualTo("viewers");
        assertThat(model.provenance().release()).isEqualTo("first");
        assertThat(model.provenance().epsilon()).isBetween(7.9, 8.0);
        assertThat(model.provenance().ledgerHead()).isEqualTo(status().chainHead());
        assertThat(model.provenance().rho()).isEqualTo(status().charged().rho().toDouble());
        assertThat(status().epsilonSpent()).isLessThanOrEqualTo(8);
        assertThat(releases()).singleElement().matches(ReleaseStatus::isSealed);
        assertThat(model.provenance().people()).isBetween(PEOPLE.length - NOISE, PEOPLE.length + NOISE);
        List<Recommendation> list = model.scorer().recommend(PEOPLE[0], 5);
        assertThat(list).hasSize(5);
    }

    @Test
    void fit_sameReleaseIdAgain_givesTheSealedValuesAndChargesNothing() {
        RankingModel first = recommender().setReleaseId("again").fit(ratings()).ranking();
        PopulationStatus before = status();

        RankingModel second = recommender().setReleaseId("again").fit(ratings()).ranking();

        assertThat(second.provenance().created()).isEqualTo(first.provenance().created());
        // What is sealed is read, whatever the data are by now
        RankingModel third = recommender()
                .setReleaseId("again")
                .fit(UserData.ratings(spark(), List.of()))
                .ranking();

        assertSameReleasedValues(first, second);
        assertSameReleasedValues(first, third);
        assertThat(status()).isEqualTo(before);
        assertThat(second.provenance().ledgerHead())
                .isEqualTo(first.provenance().ledgerHead());
    }

    /** Every row would count, low ratings as liking, and the budget would pay for it. */
    @Test
    void fit_limitOnRatingsThatAreNotThere_isRefusedBeforeTheCharge() {
        for (Dataset<Row> unrated : List.of(ratings().drop("rating"), ratings().withColumnRenamed("rating", "stars"))) {
            assertThatThrownBy(() -> recommender().setMinRating(4).fit(unrated))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("no column 'rating'")
                    .hasMessageContaining("`ratingCol`");
        }
        assertThat(status().releases()).isZero();
    }

    @Test
    void fit_twoReleases_haveTheirOwnNoise() {
        RankingModel first = recommender().setEpsilon(2).fit(ratings()).ranking();
        RankingModel second = recommender().setEpsilon(2).fit(ratings()).ranking();
        assertThat(first.statistic()).isNotEqualTo(second.statistic());
        assertThat(first.provenance().release())
                .isNotEqualTo(second.provenance().release());
        assertThat(status().releases()).isEqualTo(2);
    }

    @Test
    void fit_sameReleaseIdWithOtherParameters_isRefusedAndChargesNothing() {
        recommender().setReleaseId("taken").fit(ratings());
        PopulationStatus before = status();
        for (DiscreetRecommender other : List.of(
                recommender().setEpsilon(8.5),
                recommender().setMinRating(3),
                recommender().setMaxItemsPerUser(7),
                recommender().setMaxHead(9),
                recommender().setCatalogue(UserData.catalogue(ITEMS + 1)))) {
            assertThatThrownBy(() -> other.setReleaseId("taken").fit(ratings()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("other parameters")
                    .hasMessageNotContaining("\n");
        }
        assertThat(status()).isEqualTo(before);
    }

    @Test
    void fit_overTheCap_isRefusedAndAppendsNothing() {
        recommender().setEpsilon(15).fit(ratings());
        PopulationStatus before = status();
        assertThatThrownBy(() -> recommender().setEpsilon(15).fit(ratings())).isInstanceOf(BudgetException.class);
        assertThat(status()).isEqualTo(before);
        assertThat(releases()).hasSize(1);
    }

    @Test
    void fit_noRatings_givesANoiseOnlyModel() {
        RankingModel model =
                recommender().fit(UserData.ratings(spark(), List.of())).ranking();
        assertThat(model.statistic()).hasSize(ITEMS);
        assertThat(Math.abs(model.provenance().people())).isLessThan(NOISE);
        assertThat(model.scorer().recommend(new int[] {1, 2}, 100)).hasSize(ITEMS - 2);
        assertThat(releases()).singleElement().matches(ReleaseStatus::isSealed);
    }

    @Test
    void fit_cataloguesOfOneItemAndOfNone_giveModels() {
        for (int items : List.of(0, 1)) {
            RankingModel model = recommender()
                    .setEpsilon(1)
                    .setCatalogue(UserData.catalogue(items))
                    .fit(ratings())
                    .ranking();
            assertThat(model.statistic()).hasSize(items);
            assertThat(model.scorer().recommend(new int[0], 10)).hasSize(items);
        }
    }

    @Test
    void fit_onlyMalformedRows_isLikeNoRatings() {
        List<Row> rows = new ArrayList<>();
        rows.add(RowFactory.create(null, null, null, null));
        rows.add(RowFactory.create("u", UserData.id(1), "NaN", "x"));
        rows.add(RowFactory.create("u", "elsewhere", "1e300", "9".repeat(40)));
        RankingModel model = recommender().fit(UserData.ratings(spark(), rows)).ranking();
        assertThat(Math.abs(model.provenance().people())).isLessThan(NOISE);
    }

    @Test
    void fit_missingPopulationOrColumn_saysSoAndChargesNothing() {
        PopulationStatus before = status();
        DiscreetRecommender unset = new DiscreetRecommender()
                .setLedger(ledger)
                .setCatalogue(UserData.catalogue(ITEMS))
                .setEpsilon(1);
        assertThatThrownBy(() -> unset.fit(ratings()))
                .isInstanceOf(InputException.class)
                .hasMessage("Cannot train: `population` is not set. Name the population that pays.");
        assertThatThrownBy(() -> recommender().setPopulation("strangers").fit(ratings()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("strangers")
                .hasMessageContaining("open the population")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> recommender().setUserCol("who").fit(ratings()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("who");
        assertThatThrownBy(() ->
                        recommender().transformSchema(ratings().drop("item").schema()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("item");
        assertThatThrownBy(
                        () -> recommender().setEpsilon(Double.POSITIVE_INFINITY).fit(ratings()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("finite");
        assertThat(status()).isEqualTo(before);
    }

    @Test
    void fit_valuesOutOfRange_areRefusedInTheEnginesWords() {
        for (DiscreetRecommender bad : List.of(
                recommender().setEpsilon(0),
                recommender().setEpsilon(-1),
                recommender().setEpsilon(Double.NaN),
                recommender().setMaxItemsPerUser(0),
                recommender().setMaxHead(0),
                recommender().setAtLeastPeople(-1))) {
            assertThatThrownBy(() -> bad.fit(ratings()))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("Cannot train: `")
                    .hasMessageContaining("` must be >");
        }
        assertThat(releases()).isEmpty();
    }

    @Test
    void copy_withOtherParameters_keepsTheRestAndItsUid() {
        DiscreetRecommender original = recommender().setMinRating(3.5);
        DiscreetRecommender copy = original.copy(new ParamMap().put(original.epsilon(), 2.0));
        assertThat(copy.uid()).isEqualTo(original.uid());
        assertThat(copy.getOrDefault(copy.epsilon())).isEqualTo(2.0);
        assertThat(original.getOrDefault(original.epsilon())).isEqualTo(8.0);
        assertThat(copy.getOrDefault(copy.minRating())).isEqualTo(3.5);

        DiscreetModel model = copy.fit(ratings());
        assertThat(model.model().provenance().epsilon()).isLessThanOrEqualTo(2);
    }

    @Test
    void explainParams_default_namesEveryParameter() {
        DiscreetRecommender recommender = new DiscreetRecommender();
        String explained = recommender.explainParams();
        for (String name : List.of(
                "userCol",
                "itemCol",
                "ratingCol",
                "timestampCol",
                "ledger",
                "population",
                "releaseId",
                "items",
                "itemIdCol",
                "userHashRange",
                "objective",
                "ratingRange",
                "expectedPeople",
                "epsilon",
                "minRating",
                "maxItemsPerUser",
                "maxHead",
                "atLeastPeople",
                "noRating",
                "content")) {
            assertThat(explained).contains(name + ": ");
            assertThat(recommender.hasParam(name)).isTrue();
        }
        assertThat(recommender.params()).hasSize(20);
    }

    @Test
    void load_saved_hasTheSameUidAndParameters() throws Exception {
        DiscreetRecommender saved = recommender().setMaxHead(70).setItems("items.csv");
        String path = folder.resolve("estimator").toString();
        saved.save(path);

        DiscreetRecommender loaded = DiscreetRecommender.load(path);

        assertThat(loaded.uid()).isEqualTo(saved.uid());
        assertThat(loaded.explainParams()).isEqualTo(saved.explainParams());
        assertThat(loaded.setCatalogue(UserData.catalogue(ITEMS))
                        .fit(ratings())
                        .ranking()
                        .statistic())
                .hasSize(ITEMS);
    }

    @Test
    void load_pipelineWithTheEstimator_hasIt() throws Exception {
        DiscreetRecommender saved = recommender();
        String path = folder.resolve("pipeline").toString();
        new Pipeline().setStages(new PipelineStage[] {saved}).save(path);

        PipelineStage[] stages = Pipeline.load(path).getStages();

        assertThat(stages).singleElement().isInstanceOf(DiscreetRecommender.class);
        assertThat(stages[0].uid()).isEqualTo(saved.uid());
        assertThat(stages[0].explainParams()).isEqualTo(saved.explainParams());
    }

    /** How Spark Connect learns about estimators that are not Spark's. */
    @Test
    void services_estimatorAndModel_areFound() {
        assertThat(ServiceLoader.load(Estimator.class).stream().map(ServiceLoader.Provider::type))
                .contains(DiscreetRecommender.class);
        assertThat(ServiceLoader.load(Transformer.class).stream().map(ServiceLoader.Provider::type))
                .contains(DiscreetModel.class);
        assertThat(ServiceLoader.load(Transformer.class).stream()
                        .filter(service -> service.type() == DiscreetModel.class)
                        .map(ServiceLoader.Provider::get))
                .hasSize(1);
    }
}
