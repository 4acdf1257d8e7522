package io.discreet.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.discreet.SparkTest;
import io.discreet.gram.ItemSum;
import io.discreet.ledger.Ledger;
import io.discreet.ledger.PopulationStatus;
import io.discreet.ledger.ReleaseStatus;
import io.discreet.model.Item;
import io.discreet.model.ModelFiles;
import io.discreet.model.RankingModel;
import io.discreet.privacy.Budget;
import io.discreet.privacy.InputException;
import io.discreet.ratings.RatingColumns;
import io.discreet.ratings.RowRules;
import io.discreet.ratings.UnlistedHistories;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings without a list of items. */
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
            open.openPopulation("viewers", new Budget(20, DELTA), null);
        }
    }

    private DiscreetRecommender recommender(double epsilon) {
        return new DiscreetRecommender()
                .setLedger(ledger)
                .setPopulation("viewers")
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
                rows.add(PeopleData.row("user-" + person, (first + item * item) % ITEMS));
            }
        }
        return rows;
    }

    private static Set<String> ids(RankingModel model) {
        return new HashSet<>(model.catalogue().items().stream().map(Item::id).toList());
    }

    private static Set<String> popular() {
        return new HashSet<>(IntStream.range(0, ITEMS).mapToObj(PeopleData::id).toList());
    }

    /**
     * Forty people with one item each that nobody else has, the most that one person can add to a sum. Each comes out with
     * probability at most delta over the cap, 1e-6 / 500; over four trainings a false alarm has probability 3.2e-7. Popular
     * items stand above the threshold, 49.9 people at epsilon 1, by more than seven sigma of 8.3.
     */
    @Test
    void fit_itemsOfOnePersonOnly_neverAppear() {
        List<Row> rows = rows();
        for (int lone = 0; lone < 40; lone++) {
            rows.add(RowFactory.create("lone-" + lone, "private-" + lone, "5", "1"));
        }
        Dataset<Row> ratings = PeopleData.ratings(spark(), rows);
        for (int training = 0; training < 4; training++) {
            RankingModel model = recommender(1).fit(ratings).ranking();
            assertThat(ids(model)).isEqualTo(popular());
            assertThat(Arrays.stream(model.statistic())).hasSize(ITEMS).allMatch(c -> c > 49 && c < 400);
        }
    }

    @Test
    void fit_withoutItems_chargesWhatWasQuotedRhoAndDelta() {
        TrainingQuote quote = TrainingQuote.discovering(new Budget(5, DELTA), 500);

        RankingModel model =
                recommender(5).fit(PeopleData.ratings(spark(), rows())).ranking();

        assertThat(status().charged()).isEqualTo(quote.price());
        assertThat(model.provenance().price()).isEqualTo(quote.price());
        assertThat(model.provenance().epsilon())
                .isEqualTo(quote.price().epsilon(DELTA))
                .isBetween(4.99, 5.0);
        assertThat(model.provenance().deltaCharged()).isBetween(.999e-6, 1e-6);
        assertThat(Arrays.stream(model.statistic())).allMatch(c -> c > quote.threshold());
        assertThat(model.scorer().recommend(new int[] {0, 1}, 10)).hasSize(10);
    }

    /** What is sealed comes back, whatever the data are by now: catalogue, head, and no charge. */
    @Test
    void fit_sameReleaseIdAgain_givesTheSameItemsForNothing() {
        RankingModel first = recommender(5)
                .setReleaseId("again")
                .fit(PeopleData.ratings(spark(), rows()))
                .ranking();
        PopulationStatus before = status();

        RankingModel second = recommender(5)
                .setReleaseId("again")
                .fit(PeopleData.ratings(spark(), List.of()))
                .ranking();

        assertThat(second.catalogue()).isEqualTo(first.catalogue());
        assertThat(second.statistic()).containsExactly(first.statistic());
        assertThat(second.spectrum().vectors()).containsExactly(first.spectrum().vectors());
        assertThat(status()).isEqualTo(before);
        assertThatThrownBy(() -> recommender(5)
                        .setReleaseId("again")
                        .setCatalogue(first.catalogue())
                        .fit(PeopleData.ratings(spark(), List.of())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("other parameters");
    }

    @Test
    void fit_noRatings_givesAModelWithoutItems() {
        RankingModel model =
                recommender(1).fit(PeopleData.ratings(spark(), List.of())).ranking();
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
        Dataset<Row> ratings = PeopleData.ratings(spark(), rows());
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

    // One person's contribution ----------------------------------------------------------------------------------

    private static KeyedSum sum(Dataset<Row> ratings, int most) {
        RowRules rules = new RowRules(Double.NEGATIVE_INFINITY, most);
        return KeyedSum.over(
                UnlistedHistories.of(ratings, RatingColumns.DEFAULT, rules).ids());
    }

    private static KeyedSum sum(List<Row> rows) {
        return sum(PeopleData.ratings(spark(), rows), 500);
    }

    static Stream<Arguments> adversaries() {
        return Stream.of(
                Arguments.of("many ids", IntStream.range(0, 3000).mapToObj(i -> "own-" + i)),
                Arguments.of("as many as the cap", IntStream.range(0, 500).mapToObj(i -> "own-" + i)),
                Arguments.of("one id", Stream.of("own")),
                Arguments.of("one that everybody has", Stream.of(PeopleData.id(1))),
                Arguments.of("duplicates", Stream.generate(() -> "own").limit(5000)),
                Arguments.of("two, over and over", IntStream.range(0, 5000).mapToObj(i -> "own-" + i % 2)),
                Arguments.of("nothing", Stream.of()),
                Arguments.of("empty ids", Stream.of("", "", "")),
                Arguments.of("very long ids", IntStream.range(0, 3).mapToObj(i -> "x".repeat(300_000) + i)),
                Arguments.of(
                        "ids that nearly are the same", Stream.of("a", "a ", "A", "\u0000a", "a\u0000", "\ufffd")));
    }

    /** One person moves at most K sums, each by at most 2^19 and together by a norm of at most 2^19, and the number of people by one. */
    @ParameterizedTest
    @MethodSource("adversaries")
    void sums_oneMorePerson_moveByNoMoreThanIsCharged(String kind, Stream<String> ids) {
        List<Row> rows = rows();
        KeyedSum without = sum(rows);
        ids.forEach(id -> rows.add(RowFactory.create("adversary", id, "4", "1700000000")));
        KeyedSum with = sum(rows);

        BigInteger norm2 = BigInteger.ZERO;
        int moved = 0;
        for (Map.Entry<String, Long> entry : with.items().entrySet()) {
            long change = entry.getValue() - without.items().getOrDefault(entry.getKey(), 0L);
            assertThat(change).isBetween(0L, 1L << ItemSum.BITS);
            norm2 = norm2.add(BigInteger.valueOf(change).pow(2));
            moved += change != 0 ? 1 : 0;
        }
        assertThat(with.items().keySet()).containsAll(without.items().keySet());
        assertThat(norm2).isLessThanOrEqualTo(BigInteger.ONE.shiftLeft(2 * ItemSum.BITS));
        assertThat(moved).isLessThanOrEqualTo(500);
        assertThat(with.people() - without.people()).isEqualTo(moved == 0 ? 0 : 1);
    }

    /** The twin that divides by the square root of the capped length but keeps all ids: its norm passes what is charged. */
    @Test
    void sums_twinWithoutTheCap_passWhatIsCharged() {
        long each = ItemSum.contribution(500);
        BigInteger norm2 = BigInteger.valueOf(each).pow(2).multiply(BigInteger.valueOf(3000));
        assertThat(norm2).isGreaterThan(BigInteger.ONE.shiftLeft(2 * ItemSum.BITS));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void sums_anyPartitioning_equalTheLoop(int partitions) {
        int[][] people = PeopleData.random(150, 60, new Random(5));
        Map<String, Long> naive = new HashMap<>();
        for (int[] person : people) {
            for (int item : person) {
                naive.merge(PeopleData.id(item), ItemSum.contribution(person.length), Long::sum);
            }
        }

        KeyedSum sum = sum(PeopleData.ratings(spark(), PeopleData.rows(people)).repartition(partitions), 500);

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
        assertThat(sum(PeopleData.ratings(spark(), rows), 2).items())
                .isEqualTo(Map.of("new", ItemSum.contribution(2), "newer", ItemSum.contribution(2)));
    }
}
