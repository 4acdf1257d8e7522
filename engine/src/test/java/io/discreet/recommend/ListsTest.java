package io.discreet.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.discreet.SparkTest;
import io.discreet.SyntheticModel;
import io.discreet.model.ListRules;
import io.discreet.model.RankingModel;
import io.discreet.model.Recommendation;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class ListsTest extends SparkTest {
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

    private static List<Row> lists(List<String> people, int k) {
        JavaPairRDD<String, int[]> named = Lists.only(context().parallelize(people, 3), histories(), new int[0]);
        return Lists.of(spark(), RANKING.scorer(), RANKING.catalogue(), named, ListRules.ofLength(k))
                .orderBy("user", "rank")
                .collectAsList();
    }

    @Test
    void only_peopleNamed_haveTheirHistoryOrNone() {
        Map<String, int[]> named = Lists.only(
                        context().parallelize(List.of("anna", "stranger", "anna", "cleo"), 3), histories(), new int[0])
                .collectAsMap();
        assertThat(named).containsOnlyKeys("anna", "stranger", "cleo");
        assertThat(named.get("anna")).containsExactly(ANNA);
        assertThat(named.get("stranger")).isEmpty();
        assertThat(named.get("cleo")).isEmpty();
    }

    @Test
    void of_personNamedTwice_isOneList() {
        assertThat(lists(List.of("anna", "anna"), 10)).hasSize(10);
    }

    @Test
    void of_personNobodyKnows_isThePopularItems() {
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
    void of_moreThanTheCatalogue_listsEverythingElseOnce() {
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
    void of_nobody_isEmpty() {
        assertThat(lists(List.of(), 10)).isEmpty();
    }
}
