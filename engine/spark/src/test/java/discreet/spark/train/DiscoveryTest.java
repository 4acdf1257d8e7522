package discreet.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.catalogue.Item;
import discreet.history.RatingColumns;
import discreet.history.RowRules;
import discreet.ledger.Ledger;
import discreet.ledger.PopulationStatus;
import discreet.ledger.ReleaseStatus;
import discreet.model.ModelFiles;
import discreet.model.RankingModel;
import discreet.plan.Plans;
import discreet.plan.RankingPlan;
import discreet.privacy.Budget;
import discreet.spark.DiscreetRecommender;
import discreet.spark.SparkTest;
import discreet.spark.ratings.ItemIdHistories;
import discreet.statistics.ItemSum;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings without a list of items. */
@Tag("slow")
class DiscoveryTest extends SparkTest {
    private static final int ITEMS = 40;
    private static final int PEOPLE = 3000;
    private static final double DELTA = 1e-5;

    @TempDir
    private Path folder;

    private String ledger = "";

    @BeforeEach
    void openPopulation() {
        ledger = Ledger.sqliteUrl(folder.resolve("ledger.db"));
        try (Ledger open = Ledger.open(ledger)) {
            open.openPopulation("viewers", Budget.withItems(20, DELTA), null);
        }
    }

    private DiscreetRecommender recommender(double epsilon) {
        return new DiscreetRecommender()
                .setLedger(ledger)
                .setPopulation("viewers")
                .setAtLeastPeople(0)
                .setEpsilon(epsilon);
    }

    private PopulationStatus status() {
        try (Ledger open = Ledger.open(ledger)) {
            assertThat(open.population("viewers").verify().ok()).isTrue();
            return open.population("viewers").status();
        }
    }

    /** Three items each, so that the statistic of an item is about 3000 * 3 / 40 / sqrt 3 = 130. */
    private static List<Row> rows() {
        Random random = new Random(3);
        List<Row> rows = new ArrayList<>();
        for (int person = 0; person < PEOPLE; person++) {
            int first = random.nextInt(ITEMS);
            for (int item = 0; item < 3; item++) {
                rows.add(UserData.row("user-" + person, (first + item * item) % ITEMS));
            }
        }
        return rows;
    }

    private static Set<String> ids(RankingModel model) {
        return new HashSet<>(model.catalogue().items().stream().map(Item::id).toList());
    }

    private static Set<String> popular() {
        return new HashSet<>(IntStream.range(0, ITEMS).mapToObj(UserData::id).toList());
    }

    /**
     * Forty people with one item each that nobody else has, the most that one person can add to a sum. Each
     * comes out with probability at most delta over the cap, 1e-6 / 500; over four trainings a false alarm
     * has probability 3.2e-7. Popular items stand above the threshold, 49.9 people at epsilon 1, by more than
     * seven sigma of 8.3.
     */
    @Test
    void fit_itemsOfOnePersonOnly_neverAppear() {
        List<Row> rows = rows();
        for (int lone = 0; lone < 40; lone++) {
            rows.add(RowFactory.create("lone-" + lone, "private-" + lone, "5", "1"));
        }
        Dataset<Row> ratings = UserData.ratings(spark(), rows);
        for (int training = 0; training < 4; training++) {
            RankingModel model = recommender(1).fit(ratings).ranking();
            assertThat(ids(model)).isEqualTo(popular());
            assertThat(Arrays.stream(model.statistic())).hasSize(ITEMS).allMatch(c -> c > 49 && c < 400);
        }
    }

    @Test
    void fit_withoutItems_chargesWhatWasQuotedRhoAndDelta() {
        RankingPlan quote = Plans.selecting(5);

        RankingModel model =
                recommender(5).fit(UserData.ratings(spark(), rows())).ranking();

        assertThat(status().charged()).isEqualTo(quote.price());
        assertThat(model.provenance().price()).isEqualTo(quote.price());
        assertThat(model.provenance().epsilon())
                .isEqualTo(quote.budget().epsilon(quote.price()))
                .isBetween(4.99, 5.0);
        assertThat(model.provenance().deltaCharged()).isBetween(.999e-7, 1e-7);
        assertThat(Arrays.stream(model.statistic())).allMatch(c -> c > quote.threshold());
        assertThat(model.scorer().recommend(new int[] {0, 1}, 10)).hasSize(10);
    }

    /** What is sealed comes back, whatever the data are by now: catalogue, head, and no charge. */
    @Test
    void fit_sameReleaseIdAgain_givesTheSameItemsForNothing() {
        RankingModel first = recommender(5)
                .setReleaseId("again")
                .fit(UserData.ratings(spark(), rows()))
                .ranking();
        PopulationStatus before = status();

        RankingModel second = recommender(5)
                .setReleaseId("again")
                .fit(UserData.ratings(spark(), List.of()))
                .ranking();

        assertThat(second.catalogue()).isEqualTo(first.catalogue());
        assertThat(second.statistic()).containsExactly(first.statistic());
        assertThat(second.spectrum().vectors()).containsExactly(first.spectrum().vectors());
        assertThat(status()).isEqualTo(before);
        assertThatThrownBy(() -> recommender(5)
                        .setReleaseId("again")
                        .setCatalogue(first.catalogue())
                        .fit(UserData.ratings(spark(), List.of())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("other parameters");
    }

    @Test
    void fit_noRatings_givesAModelWithoutItems() {
        RankingModel model =
                recommender(1).fit(UserData.ratings(spark(), List.of())).ranking();
        assertThat(model.catalogue().size()).isZero();
        assertThat(model.scorer().recommend(new int[0], 10)).isEmpty();
        Path written = folder.resolve("model");
        ModelFiles.write(model, written);
        assertThat(ModelFiles.read(written).catalogue()).isEqualTo(model.catalogue());
        try (Ledger open = Ledger.open(ledger)) {
            assertThat(open.population("viewers").releases()).singleElement().matches(ReleaseStatus::isSealed);
        }
    }

    /** Written, read, and listed for the next training, which pays no delta then. */
    @Test
    void fit_foundItemsListedNextTime_costNoDelta() {
        Dataset<Row> ratings = UserData.ratings(spark(), rows());
        RankingModel found = recommender(5).fit(ratings).ranking();
        Path written = folder.resolve("model");
        ModelFiles.write(found, written);
        assertThat(ModelFiles.read(written).provenance()).isEqualTo(found.provenance());
        double delta = status().charged().delta().toDouble();

        RankingModel listed = recommender(2)
                .setItems(written.resolve("items.parquet").toString())
                .fit(ratings)
                .ranking();

        assertThat(ids(listed)).isEqualTo(ids(found));
        assertThat(status().charged().delta().toDouble()).isEqualTo(delta);
        assertThat(listed.provenance().deltaCharged()).isZero();
    }

    // One person's contribution
    // ----------------------------------------------------------------------------------

    private static KeyedSum sum(Dataset<Row> ratings, int most) {
        RowRules rules = new RowRules(Double.NEGATIVE_INFINITY, most);
        return KeyedSum.over(
                ItemIdHistories.of(ratings, RatingColumns.DEFAULT, rules).ids());
    }

    private static KeyedSum sum(List<Row> rows) {
        return sum(UserData.ratings(spark(), rows), 500);
    }

    static Stream<Arguments> adversaries() {
        return Stream.of(
                Arguments.of("many ids", IntStream.range(0, 3000).mapToObj(i -> "own-" + i)),
                Arguments.of("as many as the cap", IntStream.range(0, 500).mapToObj(i -> "own-" + i)),
                Arguments.of("one id", Stream.of("own")),
                Arguments.of("one that everybody has", Stream.of(UserData.id(1))),
                Arguments.of("duplicates", Stream.generate(() -> "own").limit(5000)),
                Arguments.of("two, over and over", IntStream.range(0, 5000).mapToObj(i -> "own-" + i % 2)),
                Arguments.of("nothing", Stream.of()),
                Arguments.of("empty ids", Stream.of("", "", "")),
                Arguments.of("very long ids", IntStream.range(0, 3).mapToObj(i -> "x".repeat(300_000) + i)),
                Arguments.of(
                        "ids that nearly are the same", Stream.of("a", "a ", "A", "\u0000a", "a\u0000", "\ufffd")));
    }

    /** How the exact sums differ where there is one person more. */
    private record Change(int keys, BigInteger norm2, long largest, long people) {
        static Change between(KeyedSum without, KeyedSum with) {
            int keys = 0;
            BigInteger norm2 = BigInteger.ZERO;
            long largest = 0;
            assertThat(with.items().keySet()).containsAll(without.items().keySet());
            for (Map.Entry<String, Long> entry : with.items().entrySet()) {
                long change = entry.getValue() - without.items().getOrDefault(entry.getKey(), 0L);
                assertThat(change).isNotNegative();
                keys += change != 0 ? 1 : 0;
                norm2 = norm2.add(BigInteger.valueOf(change).pow(2));
                largest = Math.max(largest, change);
            }
            return new Change(keys, norm2, largest, with.people() - without.people());
        }

        boolean hasKeysThatAreCharged() {
            return keys <= 500;
        }

        boolean hasNormThatIsCharged() {
            return norm2.compareTo(BigInteger.ONE.shiftLeft(2 * ItemSum.BITS)) <= 0;
        }

        boolean hasLargestThatIsCharged() {
            return largest <= 1L << ItemSum.BITS;
        }
    }

    /**
     * One person moves at most K sums, each by at most 2^19 and together by a norm of at most 2^19, and the
     * number of people by one.
     */
    @ParameterizedTest
    @MethodSource("adversaries")
    void sums_oneMorePerson_moveByNoMoreThanIsCharged(String kind, Stream<String> ids) {
        List<Row> rows = rows();
        KeyedSum without = sum(rows);
        ids.forEach(id -> rows.add(RowFactory.create("adversary", id, "4", "1700000000")));
        Change change = Change.between(without, sum(rows));

        assertThat(change)
                .matches(Change::hasKeysThatAreCharged)
                .matches(Change::hasNormThatIsCharged)
                .matches(Change::hasLargestThatIsCharged);
        assertThat(change.people()).isEqualTo(change.keys() == 0 ? 0 : 1);
    }

    /** The twin without the cap: one person moves more sums than delta is charged for. */
    @Test
    void sums_twinWithoutTheCap_moveMoreKeysThanAreCharged() {
        List<Row> rows = rows();
        KeyedSum without = sum(UserData.ratings(spark(), rows), Integer.MAX_VALUE);
        IntStream.range(0, 3000).forEach(i -> rows.add(RowFactory.create("adversary", "own-" + i, "4", "1700000000")));
        KeyedSum with = sum(UserData.ratings(spark(), rows), Integer.MAX_VALUE);
        assertThat(Change.between(without, with)).matches(change -> !change.hasKeysThatAreCharged());
    }

    /** The twin that takes a person's duplicates for items: norm and largest change pass what is charged. */
    @Test
    void sums_twinThatKeepsDuplicates_passTheNormThatIsCharged() {
        List<Row> rows = rows();
        rows.add(RowFactory.create("adversary", "own", "4", "1700000000"));
        KeyedSum with = KeyedSum.over(
                ItemIdHistories.of(UserData.ratings(spark(), rows), RatingColumns.DEFAULT, RowRules.DEFAULT)
                        .ids()
                        .map(ids -> ids[0].equals("own") ? new String[] {"own", "own"} : ids));
        assertThat(Change.between(sum(rows()), with))
                .matches(change -> !change.hasNormThatIsCharged())
                .matches(change -> !change.hasLargestThatIsCharged());
    }

    /**
     * Fifty megabytes of ids of one person are nobody: no driver has to hold them, and nothing of anybody
     * else moves.
     */
    @Test
    void sums_onePersonsHugeIds_areAbsent() {
        List<Row> rows = rows();
        Dataset<Row> ratings = UserData.ratings(spark(), rows);
        Dataset<Row> huge = spark().range(500)
                .selectExpr(
                        "'adversary' as user",
                        "concat(id, repeat('x', 100000)) as item",
                        "'4' as rating",
                        "'1700000000' as timestamp");
        assertThat(sum(ratings.union(huge), 500)).isEqualTo(sum(ratings, 500));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void sums_anyPartitioning_equalTheLoop(int partitions) {
        int[][] people = UserData.random(150, 60, new Random(5));
        Map<String, Long> naive = new HashMap<>();
        for (int[] person : people) {
            for (int item : person) {
                naive.merge(UserData.id(item), ItemSum.contribution(person.length), Long::sum);
            }
        }

        KeyedSum sum = sum(UserData.ratings(spark(), UserData.rows(people)).repartition(partitions), 500);

        assertThat(sum.items()).isEqualTo(naive);
        assertThat(sum.people()).isEqualTo(people.length);
        assertThat(sum).hasToString("KeyedSum");
    }

    @Test
    void sums_cap_keepsTheMostRecentByThePublicOrder() {
        List<Row> rows = List.of(
                RowFactory.create("u", "old", "4", "1"),
                RowFactory.create("u", "new", "4", "3"),
                RowFactory.create("u", "newer", "4", "4"));
        assertThat(sum(UserData.ratings(spark(), rows), 2).items())
                .isEqualTo(Map.of("new", ItemSum.contribution(2), "newer", ItemSum.contribution(2)));
    }
}
