package discreet.spark.lists;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.SyntheticModel;
import discreet.catalogue.ListRules;
import discreet.history.UserHistory;
import discreet.model.RankingModel;
import discreet.model.Recommendation;
import discreet.spark.SparkTest;
import discreet.spark.ratings.UserParts;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Tuple2;

class BatchListsTest extends SparkTest {
    private static final RankingModel RANKING = SyntheticModel.of(80, 60, 5, 0, 13);
    private static final int[] ANNA = {2, 5, 70};

    private static JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(spark().sparkContext());
    }

    private static JavaPairRDD<String, int[]> histories() {
        return context()
                .parallelizePairs(
                        List.of(
                                new Tuple2<>("anna", ANNA),
                                new Tuple2<>("ben", new int[] {1}),
                                new Tuple2<>("cleo", new int[0])),
                        2);
    }

    private static List<Row> lists(List<String> users, int k) {
        JavaPairRDD<String, UserHistory<int[]>> named = BatchLists.only(
                        context().parallelize(users, 3), histories(), new int[0])
                .mapValues(UserHistory::ofItems);
        return BatchLists.of(spark(), RANKING.scorer(), RANKING.catalogue(), named, ListRules.ofLength(k))
                .orderBy("user", "rank")
                .collectAsList();
    }

    @Test
    void only_namedUsers_haveTheirHistoryOrTheEmptyOne() {
        Map<String, int[]> named = BatchLists.only(
                        context().parallelize(List.of("anna", "stranger", "anna", "cleo"), 3), histories(), new int[0])
                .collectAsMap();
        assertThat(named).containsOnlyKeys("anna", "stranger", "cleo");
        assertThat(named.get("anna")).containsExactly(ANNA);
        assertThat(named.get("stranger")).isEmpty();
        assertThat(named.get("cleo")).isEmpty();
    }

    /**
     * Histories that are partitioned already stay in their partitions. Others, even an empty set, are
     * repartitioned.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void only_namedUsersInParts_areInTheirParts(boolean inParts) {
        BitSet finished = new BitSet();
        finished.set(3);
        UserParts parts = new UserParts(5, finished);
        List<String> users = IntStream.range(0, 200).mapToObj(i -> "u" + i).toList();
        JavaPairRDD<String, int[]> histories = context()
                .parallelizePairs(
                        users.stream()
                                .filter(user -> user.hashCode() % 3 != 0)
                                .map(user -> new Tuple2<>(user, new int[] {user.hashCode()}))
                                .toList(),
                        2);
        List<String> asked =
                users.stream().filter(user -> user.hashCode() % 2 == 0).toList();
        JavaPairRDD<String, int[]> named = BatchLists.only(
                context()
                        .parallelize(
                                Stream.concat(asked.stream(), asked.stream()).toList(), 3),
                inParts
                        ? histories
                                .filter(entry -> parts.isUnfinished(entry._1()))
                                .partitionBy(parts)
                        : histories,
                new int[0],
                parts);

        List<List<Tuple2<String, int[]>>> found = named.glom().collect();
        assertThat(found).hasSize(5);
        assertThat(found.get(3)).isEmpty();
        for (int part = 0; part < 5; part++) {
            for (Tuple2<String, int[]> entry : found.get(part)) {
                assertThat(parts.getPartition(entry._1())).isEqualTo(part);
                int hash = entry._1().hashCode();
                assertThat(entry._2()).isEqualTo(hash % 3 != 0 ? new int[] {hash} : new int[0]);
            }
        }
        assertThat(found.stream().flatMap(List::stream).map(Tuple2::_1))
                .containsExactlyInAnyOrderElementsOf(
                        asked.stream().filter(parts::isUnfinished).toList());
    }

    @Test
    void of_userNamedTwice_isOneList() {
        assertThat(lists(List.of("anna", "anna"), 10)).hasSize(10);
    }

    @Test
    void of_unknownUser_isThePopularItems() {
        List<Row> list = lists(List.of("stranger"), 10);
        List<Recommendation> popular = RANKING.scorer().recommend(new int[0], 10);
        assertThat(list).hasSize(10);
        for (int place = 0; place < 10; place++) {
            assertThat(list.get(place).getString(1))
                    .isEqualTo(RANKING.catalogue().id(popular.get(place).item()));
            assertThat(list.get(place).getInt(2)).isEqualTo(place + 1);
            assertThat(list.get(place).getString(4)).isEqualTo("popular");
        }
    }

    @Test
    void of_lengthAboveTheCatalogue_listsEveryOtherItemOnce() {
        List<Row> list = lists(List.of("anna"), 1000);
        assertThat(list).hasSize(80 - ANNA.length);
        assertThat(list.stream().map(row -> row.getString(1)).distinct()).hasSize(80 - ANNA.length);
        for (int own : ANNA) {
            assertThat(list)
                    .noneMatch(
                            row -> row.getString(1).equals(RANKING.catalogue().id(own)));
        }
    }

    @Test
    void of_noUsers_isEmpty() {
        assertThat(lists(List.of(), 10)).isEmpty();
    }
}
