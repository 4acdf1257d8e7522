package discreet.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.SyntheticModel;
import discreet.catalogue.AvailableItems;
import discreet.catalogue.ItemFilter;
import discreet.catalogue.ListRules;
import discreet.history.UserHistory;
import discreet.model.RankingModel;
import discreet.model.Recommendation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscreetModelTest extends SparkTest {
    private static final int ITEMS = 120;
    private static final int K = 15;
    private static final RankingModel RANKING = SyntheticModel.of(ITEMS, 90, 8, 4, 3);
    private static final List<int[]> HISTORIES = SyntheticModel.histories(ITEMS, 25, 17);
    private static final StructType ENTRY =
            new StructType().add("item", DataTypes.StringType).add("rating", DataTypes.DoubleType);
    private static final StructType SCHEMA = new StructType()
            .add("user", DataTypes.StringType)
            .add("age", DataTypes.IntegerType)
            .add("history", DataTypes.createArrayType(ENTRY));

    private final DiscreetModel model = new DiscreetModel(RANKING).setK(K);

    private static String id(int item) {
        return RANKING.catalogue().id(item);
    }

    private static Row entry(@Nullable String item, @Nullable Double rating) {
        return RowFactory.create(item, rating);
    }

    /**
     * Makes rows that a user liked, and rows that do not count because they are rated too low, duplicated,
     * off the catalogue, or broken.
     */
    private static List<@Nullable Row> history(int person) {
        List<@Nullable Row> history = new ArrayList<>();
        for (int item : HISTORIES.get(person)) {
            history.add(entry(id(item), 4 + item % 2 * .5));
            if (item % 3 == 0) {
                history.add(entry(id(item), 4.0));
                history.add(entry(id(item), 1.0));
            }
        }
        for (int item = 0; item < ITEMS; item += 11) {
            if (Arrays.binarySearch(HISTORIES.get(person), item) < 0) {
                history.add(entry(id(item), 3.99));
                history.add(entry(id(item), Double.NaN));
                history.add(entry(id(item), Double.POSITIVE_INFINITY));
                history.add(entry(id(item), null));
            }
        }
        history.add(entry("nowhere", 5.0));
        history.add(entry(null, 5.0));
        return history;
    }

    /**
     * Returns what lists are made of. Low, broken and missing ratings are of items that the person has seen.
     */
    private static UserHistory<int[]> user(int person) {
        int[] counted = HISTORIES.get(person);
        IntStream others = IntStream.range(0, ITEMS).filter(item -> item % 11 == 0);
        int[] seen = IntStream.concat(Arrays.stream(counted), others)
                .sorted()
                .distinct()
                .toArray();
        return new UserHistory<>(counted, seen);
    }

    private static Dataset<Row> grouped() {
        List<Row> rows = new ArrayList<>();
        for (int person = 0; person < HISTORIES.size(); person++) {
            List<@Nullable Row> history = history(person);
            history.add(null);
            rows.add(RowFactory.create("user-" + person, 20 + person, history.toArray()));
        }
        return spark().createDataFrame(rows, SCHEMA);
    }

    private static Dataset<Row> ratings() {
        List<Row> rows = new ArrayList<>();
        for (int person = 0; person < HISTORIES.size(); person++) {
            for (Row entry : history(person)) {
                rows.add(RowFactory.create("user-" + person, entry.get(0), entry.get(1)));
            }
        }
        return spark().createDataFrame(
                        rows,
                        new StructType()
                                .add("user", DataTypes.StringType)
                                .add("item", DataTypes.StringType)
                                .add("rating", DataTypes.DoubleType));
    }

    private record Place(String item, double score) {}

    private static List<Place> expected(UserHistory<int[]> user, ListRules rules) {
        return RANKING.scorer().recommend(user, rules).stream()
                .map(place -> new Place(id(place.item()), place.score()))
                .toList();
    }

    private static List<Place> places(Row row, String column) {
        return row.<Row>getList(row.fieldIndex(column)).stream()
                .map(place -> new Place(place.getString(0), place.getDouble(1)))
                .toList();
    }

    @Test
    void transform_historyColumn_addsTheScorersLists() {
        List<Row> rows = model.transform(grouped()).collectAsList();
        assertThat(rows).hasSize(HISTORIES.size());
        for (int person = 0; person < rows.size(); person++) {
            Row row = rows.get(person);
            assertThat(row.getString(0)).isEqualTo("user-" + person);
            assertThat(row.getInt(1)).isEqualTo(20 + person);
            assertThat(places(row, "recommendations")).isEqualTo(expected(user(person), ListRules.ofLength(K)));
        }
    }

    @Test
    void recommendForUsers_ratings_givesTheListsOfTransform() {
        Map<String, List<Place>> byUser = new HashMap<>();
        for (Row row :
                model.recommendForUsers(ratings(), K).orderBy("user", "rank").collectAsList()) {
            List<Place> list = byUser.computeIfAbsent(row.getString(0), user -> new ArrayList<>());
            list.add(new Place(row.getString(1), row.getDouble(3)));
            assertThat(row.getInt(2)).isEqualTo(list.size());
        }
        Map<String, List<Place>> transformed = new HashMap<>();
        for (Row row : model.transform(grouped()).collectAsList()) {
            transformed.put(row.getString(0), places(row, "recommendations"));
        }
        assertThat(byUser).isEqualTo(transformed);
    }

    @Test
    void setListSeen_bothWays_rankTheHistoryWithAllOthers() {
        DiscreetModel all = model.copy(new ParamMap()).setListSeen(true);
        assertThat(all.getOrDefault(all.listSeen())).isEqualTo(true);
        ListRules rules = ListRules.ofLength(K).withSeen(true);
        Set<String> own = new HashSet<>();
        for (Row row : all.transform(grouped()).collectAsList()) {
            int person = Integer.parseInt(row.getString(0).substring("user-".length()));
            assertThat(places(row, "recommendations")).isEqualTo(expected(user(person), rules));
            places(row, "recommendations").stream()
                    .map(Place::item)
                    .filter(item -> user(person).hasSeen(RANKING.catalogue().indexOf(item)))
                    .forEach(own::add);
        }
        assertThat(own).isNotEmpty();
        assertThat(all.recommendForUsers(ratings(), ITEMS).count()).isEqualTo((long) HISTORIES.size() * ITEMS);
    }

    @Test
    void setFilterAndReserved_areTheRulesOfBothWays() {
        String year = RANKING.catalogue().items().stream()
                .filter(item -> !item.metadata().isEmpty())
                .findFirst()
                .orElseThrow()
                .metadata()
                .get("year");
        DiscreetModel ruled = model.copy(new ParamMap()).setK(K).setReserved(5).setFilter("year!=" + year);
        ListRules rules = AvailableItems.of(RANKING.catalogue())
                .where(List.of(ItemFilter.parse("year!=" + year)))
                .rules(K, 5);
        List<Row> rows = ruled.transform(grouped()).collectAsList();
        for (int person = 0; person < rows.size(); person++) {
            assertThat(places(rows.get(person), "recommendations")).isEqualTo(expected(user(person), rules));
        }
        assertThat(ruled.recommendForUsers(ratings(), K).count())
                .isEqualTo(rows.stream()
                        .mapToLong(row -> places(row, "recommendations").size())
                        .sum());
    }

    @Test
    void recommendForUsers_anyUser_listsNoOwnItems() {
        for (Row row : model.recommendForUsers(ratings(), ITEMS).collectAsList()) {
            int person = Integer.parseInt(row.getString(0).substring("user-".length()));
            int item = RANKING.catalogue().indexOf(row.getString(1));
            assertThat(user(person).hasSeen(item)).isFalse();
        }
    }

    @Test
    void recommendForUsers_lists_haveTheDocumentedColumnsAndSources() {
        Dataset<Row> lists = model.recommendForUsers(ratings(), ITEMS);
        assertThat(lists.schema().simpleString())
                .isEqualTo("struct<user:string,item:string,rank:int,score:double,source:string>");
        for (Row row : lists.collectAsList()) {
            int person = Integer.parseInt(row.getString(0).substring("user-".length()));
            List<Recommendation> list = RANKING.scorer().recommend(user(person), ListRules.ofLength(ITEMS));
            assertThat(row.getString(4))
                    .isEqualTo(list.get(row.getInt(2) - 1).source().label())
                    .isIn("model", "popular");
        }
    }

    @Test
    void recommendForUsers_noItems_isRefused() {
        assertThatThrownBy(() -> model.recommendForUsers(ratings(), 0))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the number of items must be > 0");
    }

    @Test
    void transform_nullOrEmptyHistory_givesPopularItems() {
        Dataset<Row> nobody = spark().createDataFrame(
                        List.of(
                                RowFactory.create("new", 1, null),
                                RowFactory.create("empty", 2, new Object[0]),
                                RowFactory.create("odd", 3, new Object[] {null})),
                        SCHEMA);
        for (Row row : model.transform(nobody).collectAsList()) {
            assertThat(places(row, "recommendations"))
                    .isEqualTo(expected(UserHistory.ofItems(), ListRules.ofLength(K)));
        }
    }

    @Test
    void transform_historyWithoutRatings_countsEveryItem() {
        StructType schema = new StructType()
                .add(
                        "seen",
                        DataTypes.createArrayType(new StructType()
                                .add("extra", DataTypes.LongType)
                                .add("item", DataTypes.StringType)));
        Dataset<Row> seen = spark().createDataFrame(
                        List.of(RowFactory.create(
                                (Object) new Object[] {RowFactory.create(1L, id(5)), RowFactory.create(2L, id(9))})),
                        schema);
        List<Row> rows = model.copy(new ParamMap())
                .setHistoryCol("seen")
                .setRecommendationsCol("next")
                .transform(seen)
                .collectAsList();
        assertThat(places(rows.get(0), "next")).isEqualTo(expected(UserHistory.ofItems(5, 9), ListRules.ofLength(K)));
    }

    @Test
    void transformSchema_historyColumn_isWhatTransformReturns() {
        StructType schema = model.transformSchema(SCHEMA);
        assertThat(model.transform(grouped()).schema()).isEqualTo(schema);
        assertThat(schema.apply("recommendations").dataType().simpleString())
                .isEqualTo("array<struct<item:string,score:double>>");
    }

    @Test
    void transform_columnsThatDoNotFit_areRefusedInOneLine() {
        for (Dataset<Row> unfit : List.of(
                grouped().drop("history"),
                grouped().withColumnRenamed("age", "recommendations"),
                ratings().withColumnRenamed("item", "history"),
                spark().sql("select array(named_struct('title', 'x')) as history"))) {
            assertThatThrownBy(() -> model.transform(unfit))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("Cannot recommend: ")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void copy_withK_keepsTheRest() {
        DiscreetModel copy = model.setHistoryCol("past").copy(new ParamMap().put(model.k(), 3));
        assertThat(copy.uid()).isEqualTo(model.uid());
        assertThat(copy.getOrDefault(copy.k())).isEqualTo(3);
        assertThat(copy.getOrDefault(copy.historyCol())).isEqualTo("past");
        assertThat(model.getOrDefault(model.k())).isEqualTo(K);
        assertThat(copy.model()).isSameAs(model.model());
        assertThat(copy.explainParams()).contains("historyCol", "recommendationsCol", "k: items a list");
        assertThatThrownBy(() -> model.setK(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void load_saved_recommendsTheSame(@TempDir Path folder) throws Exception {
        String path = folder.resolve("model").toString();
        model.save(path);
        assertSameLists(DiscreetModel.load(path));
        assertSameLists(DiscreetModel.read().load(path));
        assertThatThrownBy(() -> model.save(path)).isInstanceOf(InputException.class);

        model.write().overwrite().save(path);
        assertSameLists(DiscreetModel.load(path));
        String url = folder.resolve("by-url").toUri().toString();
        model.save(url);
        assertThat(Files.exists(folder.resolve("by-url/manifest.json"))).isTrue();
        assertSameLists(DiscreetModel.load(url));
    }

    private static void assertSameLists(DiscreetModel loaded) {
        for (int[] history : HISTORIES) {
            assertThat(loaded.ranking().scorer().recommend(history, ITEMS))
                    .isEqualTo(RANKING.scorer().recommend(history, ITEMS));
        }
    }

    @Test
    void load_noModel_saysSo(@TempDir Path folder) {
        assertThatThrownBy(() -> DiscreetModel.load(folder.toString())).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> DiscreetModel.load("hdfs://cluster/model"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("hdfs")
                .hasMessageNotContaining("\n");
    }

    @Test
    void model_emptyModel_saysWhatToDo() {
        assertThatThrownBy(() -> new DiscreetModel().model())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("DiscreetModel.load");
    }
}
