package discreet.spark.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.RatingReference;
import discreet.RatingReference.User;
import discreet.catalogue.Catalogue;
import discreet.catalogue.ListRules;
import discreet.evaluate.MetricSum;
import discreet.evaluate.RatedUser;
import discreet.evaluate.RatingErrors;
import discreet.evaluate.RatingMeasure;
import discreet.history.RatedHistory;
import discreet.history.RatingColumns;
import discreet.history.RatingRange;
import discreet.history.RowRules;
import discreet.history.UserHistory;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.model.Provenance;
import discreet.model.RatingModel;
import discreet.plan.PeopleGuard;
import discreet.privacy.Budget;
import discreet.spark.SparkTest;
import discreet.spark.ratings.Histories;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests RMSE and MAE on private users, which are released like the metrics of rankings. */
class PrivateRatingEvaluationTest extends SparkTest {
    private static final String POPULATION = "viewers-eu";
    private static final PeopleGuard EVERYBODY = new PeopleGuard(0);
    private static final RatingRange RANGE = RatingReference.RANGE;
    private static final StructType ROWS = new StructType()
            .add("user", DataTypes.StringType)
            .add("item", DataTypes.StringType)
            .add("rating", DataTypes.DoubleType);

    @TempDir
    private Path folder;

    private Ledger ledger;
    private RatingModel model;

    @BeforeEach
    void openLedger() {
        ledger = Ledger.open(Ledger.sqliteUrl(folder.resolve("test.db")));
        Population population = ledger.openPopulation(POPULATION, new Budget(1e6, 1e-5), null);
        RatingModel made = new RatingReference().model(true);
        Provenance from = made.provenance();
        model = new RatingModel(
                made.catalogue(),
                made.mean(),
                made.counts(),
                made.biases(),
                made.biasVariances(),
                made.prior(),
                made.head(),
                made.spectrum(),
                made.parameters(),
                new Provenance(
                        POPULATION,
                        from.release(),
                        population.status().chainHead(),
                        from.created(),
                        from.epsilon(),
                        from.delta(),
                        from.rho(),
                        from.people(),
                        from.peopleSd(),
                        from.sigma()));
    }

    private PrivateEvaluation evaluation(double epsilon) {
        return new PrivateEvaluation(ledger, POPULATION, "r", epsilon, EVERYBODY, model, ListRules.ofLength(0));
    }

    /** Makes users, some with nothing known, with nothing hidden, or with the same item on both sides. */
    private static List<RatedHistory[]> people() {
        Random random = new Random(4);
        List<RatedHistory[]> people = new ArrayList<>();
        for (User one : new RatingReference().users(true)) {
            for (int copy = 0; copy < 30; copy++) {
                people.add(new RatedHistory[] {some(one, random), some(one, random)});
            }
        }
        people.add(new RatedHistory[] {RatedHistory.EMPTY, RatedHistory.EMPTY});
        return people;
    }

    private static RatedHistory some(User one, Random random) {
        double share = random.nextDouble();
        int[] kept = IntStream.range(0, one.items().length)
                .filter(at -> random.nextDouble() < share * share)
                .toArray();
        return new RatedHistory(
                IntStream.of(kept).map(at -> one.items()[at]).toArray(),
                IntStream.of(kept)
                        .mapToDouble(at -> RANGE.unit(one.ratings()[at]))
                        .toArray());
    }

    private Histories side(List<RatedHistory[]> people, int side) {
        Catalogue catalogue = model.catalogue();
        List<Row> rows = new ArrayList<>();
        for (int user = 0; user < people.size(); user++) {
            RatedHistory own = people.get(user)[side];
            for (int at = 0; at < own.size(); at++) {
                rows.add(RowFactory.create("u" + user, catalogue.id(own.items()[at]), RANGE.rating(own.values()[at])));
            }
        }
        return Histories.of(
                spark().createDataFrame(rows, ROWS),
                RatingColumns.DEFAULT,
                catalogue,
                new RowRules(Double.NEGATIVE_INFINITY, Integer.MAX_VALUE));
    }

    private List<RatedUser> measured(List<RatedHistory[]> people) {
        return people.stream()
                .map(sides -> RatedUser.of(sides[0], sides[1], RANGE))
                .filter(person -> person.items().length > 0)
                .toList();
    }

    @Test
    void run_hugeBudget_isTheExactFigure() {
        List<RatedHistory[]> people = people();
        PrivateEvaluation.Result result = evaluation(1e5).run(side(people, 0), side(people, 1));
        List<RatedUser> measured = measured(people);
        assertThat(result.people().value()).isCloseTo(measured.size(), within(.1));
        assertThat(result.quality().cuts()).isEmpty();
        double absolute = measured.stream()
                .mapToDouble(person -> errors(person).mae())
                .average()
                .orElseThrow();
        double squared = measured.stream()
                .mapToDouble(person -> Math.pow(errors(person).rmse(), 2))
                .average()
                .orElseThrow();
        assertThat(result.quality().errors()).isNotNull();
        assertThat(result.quality().errors().absolute().value()).isCloseTo(absolute, within(.004));
        assertThat(result.quality().errors().rootMeanSquare().value()).isCloseTo(Math.sqrt(squared), within(.004));
        assertThat(result.quality().errors().rootMeanSquare().low())
                .isLessThan(result.quality().errors().rootMeanSquare().value());
        assertThat(result.quality().errors().rootMeanSquare().high())
                .isGreaterThan(result.quality().errors().rootMeanSquare().value());
    }

    private RatingErrors errors(RatedUser person) {
        return RatingErrors.of(model.scorer()::predict, List.of(person));
    }

    @Test
    void run_sameIdAgain_isFreeAndGivesTheSame() {
        List<RatedHistory[]> people = people();
        PrivateEvaluation.Result first = evaluation(1).run(side(people, 0), side(people, 1));
        assertThat(evaluation(1).run(side(people, 0), side(people, 1))).isEqualTo(first);
        assertThat(ledger.population(POPULATION).status().releases()).isEqualTo(1);
        assertThat(first.replaced().rho().units())
                .isEqualTo(2 * first.price().rho().units());
    }

    /**
     * The bound of the sum holds for any known and hidden ratings. For these metrics it would hold without
     * the clip as well.
     */
    @Test
    void exact_oneUserMore_movesByNoMoreThanIsCharged() {
        List<RatedHistory[]> people = people().subList(0, 20);
        Random random = new Random(9);
        MetricSum sum = new MetricSum(2);
        RatingMeasure measure = new RatingMeasure(model.scorer(), RANGE);
        for (int round = 0; round < 3_000; round++) {
            RatedHistory known = extreme(random);
            RatedHistory hidden = extreme(random);
            double[] values =
                    measure.of(random.nextInt(4) == 0 ? null : UserHistory.ofRated(known), UserHistory.ofRated(hidden));
            if (values != null) {
                assertThat(values).hasSize(2);
                assertThat(values[0]).isBetween(0.0, 1.0);
                assertThat(values[1]).isBetween(0.0, 1.0);
                long[] sums = new long[sum.length()];
                sum.add(sums, values);
                double norm2 = 0;
                for (long value : sums) {
                    norm2 += (double) value * value;
                }
                assertThat(Math.sqrt(norm2)).isLessThanOrEqualTo(sum.sensitivity());
            }
        }
        long[] without = evaluation(1).exact(side(people, 0), side(people, 1));
        assertThat(without).hasSize(sum.length() + 1);
        assertThat(without[2]).isEqualTo((long) measured(people).size() << MetricSum.BITS);
        for (int round = 0; round < 5; round++) {
            List<RatedHistory[]> more = new ArrayList<>(people);
            more.add(new RatedHistory[] {extreme(random), extreme(random)});
            long[] with = evaluation(1).exact(side(more, 0), side(more, 1));
            double moved2 = 0;
            for (int at = 0; at < sum.length(); at++) {
                moved2 += Math.pow(with[at] - without[at], 2);
            }
            assertThat(Math.sqrt(moved2)).isLessThanOrEqualTo(sum.sensitivity());
        }
    }

    private RatedHistory extreme(Random random) {
        int[] items = random.ints(0, model.catalogue().size())
                .limit(random.nextInt(30))
                .distinct()
                .sorted()
                .toArray();
        return new RatedHistory(
                items,
                IntStream.of(items)
                        .mapToDouble(item -> random.nextBoolean() ? 1 : -1)
                        .toArray());
    }
}
