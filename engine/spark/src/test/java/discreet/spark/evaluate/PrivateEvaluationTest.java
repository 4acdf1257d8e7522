package discreet.spark.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import discreet.BudgetException;
import discreet.InputException;
import discreet.RunException;
import discreet.SyntheticModel;
import discreet.catalogue.Catalogue;
import discreet.catalogue.ListRules;
import discreet.evaluate.Evaluation;
import discreet.evaluate.Interval;
import discreet.evaluate.MetricSum;
import discreet.evaluate.ModelRanker;
import discreet.evaluate.RankingMeasure;
import discreet.evaluate.RankingMetrics;
import discreet.evaluate.ReleasedQuality;
import discreet.evaluate.TestUser;
import discreet.history.RatingColumns;
import discreet.history.RowRules;
import discreet.history.UserHistory;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.model.Provenance;
import discreet.model.RankingModel;
import discreet.plan.EvaluationShares;
import discreet.plan.PeopleGuard;
import discreet.privacy.Budget;
import discreet.privacy.HashRange;
import discreet.spark.SparkTest;
import discreet.spark.ratings.Histories;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateEvaluationTest extends SparkTest {
    private static final StructType ROWS =
            new StructType().add("user", DataTypes.StringType).add("item", DataTypes.StringType);
    private static final int ITEMS = 60;
    private static final String POPULATION = "viewers-eu";
    private static final PeopleGuard EVERYBODY = new PeopleGuard(0);
    private static final int[] CUTOFFS = {5, 20};

    /** Number of releases, more with {@code -Ddiscreet.evaluations=100}. */
    private static final int RELEASES = Integer.getInteger("discreet.evaluations", 30);

    @TempDir
    private Path folder;

    private Ledger ledger;
    private RankingModel model;

    @BeforeEach
    void openLedger() {
        ledger = Ledger.open(Ledger.sqliteUrl(folder.resolve("test.db")));
        Population population = ledger.openPopulation(POPULATION, new Budget(1e6, 1e-5), null);
        model = charged(population.status().chainHead());
    }

    /** Makes a model that claims to come from this row of a chain. */
    private static RankingModel charged(String chainHead) {
        RankingModel made = SyntheticModel.of(ITEMS, 30, 6, 0, 7);
        Provenance from = made.provenance();
        return new RankingModel(
                made.catalogue(),
                made.statistic(),
                made.head(),
                made.spectrum(),
                made.parameters(),
                new Provenance(
                        POPULATION,
                        from.release(),
                        chainHead,
                        from.created(),
                        from.epsilon(),
                        from.delta(),
                        from.rho(),
                        from.people(),
                        from.peopleSd(),
                        from.sigma()));
    }

    private PrivateEvaluation evaluation(String id, double epsilon) {
        return evaluation(id, epsilon, EVERYBODY);
    }

    private PrivateEvaluation evaluation(String id, double epsilon, PeopleGuard guard) {
        return new PrivateEvaluation(ledger, POPULATION, id, epsilon, guard, model, ListRules.ofLength(0), CUTOFFS);
    }

    private static List<TestUser> people(int count) {
        Random random = new Random(count);
        List<TestUser> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            people.add(TestUser.of(
                    UserHistory.ofItems(SyntheticModel.history(ITEMS, random.nextInt(10), random)),
                    UserHistory.ofItems(SyntheticModel.history(ITEMS, random.nextInt(6), random)),
                    false));
        }
        return people;
    }

    private Histories side(List<TestUser> people, boolean hidden, @Nullable HashRange users) {
        Catalogue catalogue = model.catalogue();
        List<Row> rows = new ArrayList<>();
        for (int user = 0; user < people.size(); user++) {
            for (int item :
                    hidden ? people.get(user).labels() : people.get(user).history()) {
                rows.add(RowFactory.create("u" + user, catalogue.id(item)));
            }
        }
        Dataset<Row> data = spark().createDataFrame(rows, ROWS);
        return Histories.of(data, RatingColumns.DEFAULT, catalogue, rules(users));
    }

    private static RowRules rules(@Nullable HashRange users) {
        return new RowRules(Double.NEGATIVE_INFINITY, Integer.MAX_VALUE, users);
    }

    /** Returns the sums of the metrics, and the number of test people last. */
    private long[] naive(List<TestUser> people) {
        MetricSum sum = new MetricSum(2 * CUTOFFS.length);
        long[] sums = new long[sum.length() + 1];
        for (TestUser person : people) {
            if (person.labels().length > 0) {
                int[] ranked = new ModelRanker(model).rank(person.known(), 20);
                sum.add(
                        sums,
                        RankingMetrics.of(ranked, person.labels(), CUTOFFS).stream()
                                .flatMapToDouble(metrics -> DoubleStream.of(metrics.recall(), metrics.ndcg()))
                                .toArray());
                sums[sum.length()] += person.history().length > 0 ? 1L << EvaluationShares.PEOPLE_BITS : 0;
            }
        }
        return sums;
    }

    @Test
    void exact_onSpark_isTheSumOverUsers() {
        List<TestUser> people = people(300);
        long[] sums = evaluation("r", 1).exact(side(people, false, null), side(people, true, null));
        assertThat(sums).isEqualTo(naive(people));
    }

    @Test
    void exact_oneUserMore_movesByNoMoreThanIsCharged() {
        List<TestUser> people = people(40);
        PrivateEvaluation evaluation = evaluation("r", 1);
        long[] with = evaluation.exact(side(people, false, null), side(people, true, null));
        int somebody = people.indexOf(people.stream()
                .filter(person -> person.labels().length > 0)
                .findFirst()
                .orElseThrow());
        people.set(somebody, new TestUser(new int[0], new int[0]));
        long[] without = evaluation.exact(side(people, false, null), side(people, true, null));
        MetricSum sum = new MetricSum(2 * CUTOFFS.length);
        double norm2 = 0;
        for (int i = 0; i < sum.length(); i++) {
            norm2 += Math.pow(with[i] - without[i], 2);
        }
        assertThat(Math.sqrt(norm2)).isPositive().isLessThanOrEqualTo(sum.sensitivity());
        assertThat((double) (with[sum.length()] - without[sum.length()]))
                .isBetween(
                        0.0,
                        EvaluationShares.of(new Budget(1, 1e-5)).testPeople().sensitivity());
    }

    @Test
    void run_hugeBudget_isTheExactFigure() {
        List<TestUser> people = people(300);
        PrivateEvaluation.Result result = evaluation("r", 1e5).run(side(people, false, null), side(people, true, null));
        Evaluation exact = Evaluation.of(new ModelRanker(model), people, ITEMS, 1, CUTOFFS);
        assertThat(result.people().value()).isCloseTo(exact.users(), within(.1));
        for (ReleasedQuality.Cut cut : result.quality().cuts()) {
            assertThat(cut.recall().value()).isCloseTo(exact.at(cut.k()).recall(), within(.001));
            assertThat(cut.ndcg().value()).isCloseTo(exact.at(cut.k()).ndcg(), within(.001));
        }
    }

    @Test
    void run_hashRange_readsAndChargesItsUsersAlone() {
        List<TestUser> people = people(300);
        HashRange apart = HashRange.below("salt", .3);
        HashRange others = HashRange.notBelow("salt", .3);
        PrivateEvaluation.Result one =
                evaluation("one", 1e5).run(side(people, false, apart), side(people, true, apart));
        PrivateEvaluation.Result two =
                evaluation("two", 1e5).run(side(people, false, others), side(people, true, others));
        double everybody = people.stream().filter(p -> p.labels().length > 0).count();
        assertThat(one.people().value()).isCloseTo(.3 * everybody, within(.1 * everybody));
        assertThat(one.people().value() + two.people().value()).isCloseTo(everybody, within(.1));
        assertThat(ledger.population(POPULATION).status().charged()).isEqualTo(one.price());
        assertThat(ledger.population(POPULATION).verify().ok()).isTrue();
    }

    @Test
    void run_sameIdAgain_isFreeAndGivesTheSame() {
        List<TestUser> people = people(30);
        PrivateEvaluation.Result first = evaluation("r", 1).run(rules(null), () -> naive(people));
        PrivateEvaluation.Result again = evaluation("r", 1).run(rules(null), () -> {
            throw new AssertionError("sealed sums need no data");
        });
        assertThat(again).isEqualTo(first);
        assertThat(ledger.population(POPULATION).status().releases()).isEqualTo(1);
    }

    /**
     * If ids of people or of known items match nothing, people are measured all the same, by empty histories.
     */
    @Test
    void exact_idsOfOneSideDiffer_countsNobodyAsTestPerson() {
        List<TestUser> people = people(300);
        Histories known = side(people, false, null);
        Histories hidden = side(people, true, null);

        for (long[] sums : List.of(
                evaluation("r", 1).exact(renamed(people, "other-", ""), hidden),
                evaluation("r", 1).exact(renamed(people, "u", "0"), hidden),
                evaluation("r", 1).exact(known, renamed(people, "u", "0")))) {
            assertThat(EvaluationSum.testPeople(sums)).containsExactly(0);
        }
        assertThat(EvaluationSum.metrics(evaluation("r", 1).exact(renamed(people, "u", "0"), hidden)))
                .as("people with an empty history are measured")
                .endsWith(naive(people)[2 * CUTOFFS.length]);
    }

    private Histories renamed(List<TestUser> people, String user, String item) {
        Catalogue catalogue = model.catalogue();
        List<Row> rows = new ArrayList<>();
        for (int number = 0; number < people.size(); number++) {
            for (int liked : people.get(number).history()) {
                rows.add(RowFactory.create(user + number, item + catalogue.id(liked)));
            }
        }
        return Histories.of(spark().createDataFrame(rows, ROWS), RatingColumns.DEFAULT, catalogue, rules(null));
    }

    /**
     * The noise of the number of people is 40.5, so 500 people are 12 standard deviations. A false alarm has
     * probability below 1e-30.
     */
    @Test
    void run_nobody_stopsAfterTheNumberOfPeopleAndGivesTheRestBack() {
        PrivateEvaluation stopped = evaluation("r", 1, new PeopleGuard(500));
        List<TestUser> nobody = List.of();

        assertThatThrownBy(() -> stopped.run(rules(null), () -> naive(nobody)))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("Cannot evaluate")
                .hasMessageContaining("500 are needed")
                .hasMessageContaining("given back");

        EvaluationShares shares = EvaluationShares.of(new Budget(1, 1e-5));
        assertThat(ledger.population(POPULATION).status().charged().rho()).isEqualTo(shares.people());
        assertThat(shares.people().units()).isEqualTo(shares.total().units() / 100);
        assertThat(ledger.population(POPULATION).verify().ok()).isTrue();
        assertThatThrownBy(() -> evaluation("r", 1).run(rules(null), () -> {
                    throw new AssertionError("a stopped evaluation reads no data");
                }))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("it was stopped");
        assertThat(ledger.population(POPULATION).status().charged().rho()).isEqualTo(shares.people());
    }

    /**
     * At epsilon 3 the noise is 14.6, and 280 people stand 12 standard deviations above the 100 that are
     * asked for.
     */
    @Test
    void run_enoughPeople_goesOnAndChargesWhatTheBudgetBuys() {
        List<TestUser> people = people(400);
        PrivateEvaluation.Result result =
                evaluation("r", 3, PeopleGuard.DEFAULT).run(rules(null), () -> naive(people));

        assertThat(result.price().rho())
                .isEqualTo(new Budget(3, 1e-5).largestRho())
                .isEqualTo(EvaluationShares.of(new Budget(3, 1e-5)).total());
        assertThat(ledger.population(POPULATION).releases().get(0).vectors())
                .extracting(vector -> vector.name())
                .containsExactly("test-people", "metrics");
    }

    @Test
    void run_sidesReadByDifferentRules_areRefused() {
        List<TestUser> people = people(30);
        Histories everybody = side(people, false, null);
        Histories some = side(people, true, HashRange.below("salt", .5));
        assertThatThrownBy(() -> evaluation("r", 1).run(everybody, some)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ledger.population(POPULATION).status().releases()).isZero();
    }

    @Test
    void run_sameIdWithAnotherThreshold_isBadInput() {
        List<TestUser> people = people(30);
        evaluation("r", 1).run(new RowRules(3, 500), () -> naive(people));
        assertThatThrownBy(() -> evaluation("r", 1).run(new RowRules(4, 500), () -> naive(people)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("other parameters");
    }

    @Test
    void run_dataThatFails_chargesNothing() {
        PrivateEvaluation evaluation = evaluation("r", 1);
        assertThatThrownBy(() -> evaluation.run(rules(null), () -> {
                    throw new InputException("no file");
                }))
                .hasMessage("no file");
        assertThat(ledger.population(POPULATION).status().releases()).isZero();
    }

    @Test
    void evaluation_ofAModelThatTheLedgerDoesNotKnow_isRefused() {
        model = charged("0".repeat(64));
        assertThatThrownBy(() -> evaluation("r", 1))
                .isInstanceOf(BudgetException.class)
                .hasMessageContaining("may have forgotten");
    }

    @Test
    void evaluation_tooManyCutoffs_isBadInput() {
        int[] many = new int[17];
        Arrays.setAll(many, k -> k + 1);
        assertThatThrownBy(() -> RankingMeasure.of(model, ListRules.ofLength(0), many))
                .isInstanceOf(InputException.class);
    }

    /**
     * 28 or 29 of 30 intervals are expected to cover. Fewer than 20 have probability 1.1e-7 (binomial).
     * Intervals of a tenth of the width cover 16 %, so 20 or more of 30 have probability 5e-10, and the
     * bound detects them. The number is small because these are durable releases.
     * {@link discreet.evaluate.IntervalTest} has the sharp bound.
     */
    @Test
    void run_manyReleases_intervalsCoverTheExactFigureAndNarrowerOnesDoNot() {
        List<TestUser> people = people(400);
        double exact = Evaluation.of(new ModelRanker(model), people, ITEMS, 1, CUTOFFS)
                .at(5)
                .recall();
        long[] sums = naive(people);
        int covered = 0;
        int narrow = 0;
        for (int i = 0; i < RELEASES; i++) {
            Interval interval = evaluation("r" + i, 1)
                    .run(rules(null), () -> sums.clone())
                    .quality()
                    .cuts()
                    .get(0)
                    .recall();
            covered += covers(interval, 1, exact) ? 1 : 0;
            narrow += covers(interval, .1, exact) ? 1 : 0;
        }
        System.out.printf("%d of %d intervals cover the exact figure%n", covered, RELEASES);
        assertThat(covered).isGreaterThanOrEqualTo(RELEASES * 2 / 3);
        assertThat(narrow).isLessThan(RELEASES * 2 / 3);
    }

    /** Known items with low ratings are in no list and no labels, and hidden ones are no labels. */
    @Test
    void exact_lowRatings_areSeenAndNeverLabels() {
        Random random = new Random(17);
        List<Row> known = new ArrayList<>();
        List<Row> hidden = new ArrayList<>();
        List<TestUser> people = new ArrayList<>();
        List<TestUser> blind = new ArrayList<>();
        for (int user = 0; user < 200; user++) {
            UserHistory<int[]> before = side("u" + user, 12, known, random);
            UserHistory<int[]> after = side("u" + user, 8, hidden, random);
            people.add(TestUser.of(before, after, false));
            blind.add(TestUser.of(UserHistory.ofItems(before.counted()), UserHistory.ofItems(after.counted()), false));
        }
        long[] sums = evaluation("r", 1).exact(rated(known), rated(hidden));
        assertThat(sums).isEqualTo(naive(people));
        assertThat(naive(blind)).isNotEqualTo(sums); // such lists would have what was rated low
    }

    private UserHistory<int[]> side(String user, int items, List<Row> rows, Random random) {
        int[] seen = SyntheticModel.history(ITEMS, items, random);
        List<Integer> counted = new ArrayList<>();
        for (int item : seen) {
            double rating = 1 + random.nextInt(5);
            rows.add(RowFactory.create(user, model.catalogue().id(item), rating));
            if (rating >= 4) {
                counted.add(item);
            }
        }
        return new UserHistory<>(counted.stream().mapToInt(Integer::intValue).toArray(), seen);
    }

    private Histories rated(List<Row> rows) {
        Dataset<Row> data = spark().createDataFrame(rows, ROWS.add("rating", DataTypes.DoubleType));
        return Histories.of(data, RatingColumns.DEFAULT, model.catalogue(), new RowRules(4, Integer.MAX_VALUE));
    }

    private static boolean covers(Interval interval, double width, double exact) {
        return exact >= interval.value() - width * (interval.value() - interval.low())
                && exact <= interval.value() + width * (interval.high() - interval.value());
    }
}
