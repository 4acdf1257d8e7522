package discreet.spark.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.RatingReference;
import discreet.RatingReference.User;
import discreet.catalogue.ListRules;
import discreet.history.HistoryForm;
import discreet.history.RatedHistory;
import discreet.history.RatingColumns;
import discreet.history.RowRules;
import discreet.history.UserHistory;
import discreet.model.RatingModel;
import discreet.model.Recommendation;
import discreet.spark.DiscreetModel;
import discreet.spark.SparkTest;
import discreet.spark.ratings.Histories;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A rating model's predictions and lists on Spark equal the scorer's own. */
class PredictionsTest extends SparkTest {
    private static final RatingReference REFERENCE = new RatingReference();
    private static final RatingModel MODEL = REFERENCE.model(true);
    private static final List<User> PEOPLE = REFERENCE.users(true);
    private static final StructType ENTRY =
            new StructType().add("item", DataTypes.StringType).add("rating", DataTypes.DoubleType);

    private static Dataset<Row> ratings() {
        List<Row> rows = new ArrayList<>();
        for (int person = 0; person < PEOPLE.size(); person++) {
            User one = PEOPLE.get(person);
            for (int at = 0; at < one.items().length; at++) {
                rows.add(RowFactory.create("u" + person, MODEL.catalogue().id(one.items()[at]), one.ratings()[at]));
            }
            rows.add(RowFactory.create("u" + person, "nowhere", 5.0));
            rows.add(RowFactory.create("u" + person, MODEL.catalogue().id(37), Double.NaN));
        }
        return spark().createDataFrame(
                        rows,
                        new StructType()
                                .add("user", DataTypes.StringType)
                                .add("item", DataTypes.StringType)
                                .add("rating", DataTypes.DoubleType));
    }

    private static List<Row> predicted(List<Row> pairs) {
        Histories histories = Histories.of(
                ratings(),
                RatingColumns.DEFAULT,
                MODEL.catalogue(),
                new RowRules(Double.NEGATIVE_INFINITY, Integer.MAX_VALUE));
        Dataset<Row> wanted = spark().createDataFrame(
                        pairs,
                        new StructType().add("user", DataTypes.StringType).add("item", DataTypes.StringType));
        return Predictions.of(spark(), MODEL, histories.byUser(HistoryForm.ofRatings(RatingReference.RANGE)), wanted)
                .orderBy("user", "item")
                .collectAsList();
    }

    private static Row pair(@Nullable String user, @Nullable String item) {
        return RowFactory.create(user, item);
    }

    @Test
    void of_pairs_equalsTheScorersPredictions() {
        List<Row> pairs = new ArrayList<>();
        for (int person = PEOPLE.size() - 1; person >= 0; person--) {
            for (int item = 0; item < 38; item += 3) {
                pairs.add(pair("u" + person, MODEL.catalogue().id(item)));
            }
        }
        List<Row> rows = predicted(pairs);
        assertThat(rows).hasSameSizeAs(pairs);
        for (Row row : rows) {
            User person = PEOPLE.get(Integer.parseInt(row.getString(0).substring(1)));
            int item = MODEL.catalogue().indexOf(row.getString(1));
            assertThat(row.getDouble(2)).isEqualTo(MODEL.scorer().predict(person.history(), new int[] {item})[0]);
        }
    }

    @Test
    void of_unknownUsersUnknownItemsAndNulls_isDefined() {
        List<Row> rows = predicted(List.of(
                pair("nobody", MODEL.catalogue().id(3)),
                pair("nobody", MODEL.catalogue().id(3)),
                pair("nobody", "nothing"),
                pair("u0", "nothing"),
                pair(null, "x"),
                pair("u0", null)));
        assertThat(rows).extracting(row -> row.getString(0)).containsExactly("nobody", "nobody", "nobody", "u0");
        double[] expected = MODEL.scorer().predict(RatedHistory.EMPTY, new int[] {3, 3, -1});
        assertThat(rows.subList(0, 3))
                .extracting(row -> row.getDouble(2))
                .containsExactly(expected[0], expected[1], expected[2]);
        assertThat(rows.get(3).getDouble(2))
                .isEqualTo(MODEL.scorer().predict(PEOPLE.get(0).history(), new int[] {-1})[0]);
    }

    @Test
    void of_noPairs_isEmpty() {
        assertThat(predicted(List.of())).isEmpty();
    }

    @Test
    void recommendForUsers_ratingModel_listsByPrediction() {
        List<Row> rows = new DiscreetModel(MODEL)
                .recommendForUsers(ratings(), 5)
                .orderBy("user", "rank")
                .collectAsList();
        assertThat(rows).hasSize(5 * PEOPLE.size());
        for (int at = 0; at < rows.size(); at++) {
            Recommendation place = expected(at / 5, 5).get(at % 5);
            assertThat(rows.get(at).getString(1)).isEqualTo(MODEL.catalogue().id(place.item()));
            assertThat(rows.get(at).getDouble(3)).isEqualTo(place.score());
            assertThat(rows.get(at).getString(4)).isEqualTo("model");
        }
    }

    private static List<Recommendation> expected(int person, int k) {
        return MODEL.scorer().recommend(UserHistory.ofRated(PEOPLE.get(person).history()), ListRules.ofLength(k));
    }

    @Test
    void transform_ratingModel_addsTheSameLists() {
        List<Row> rows = new ArrayList<>();
        for (User person : PEOPLE) {
            List<@Nullable Row> history = new ArrayList<>();
            for (int at = person.items().length - 1; at >= 0; at--) {
                String id = MODEL.catalogue().id(person.items()[at]);
                history.add(RowFactory.create(id, person.ratings()[at]));
                history.add(RowFactory.create(id, -7.0)); // the higher of two ratings counts
                history.add(RowFactory.create(id, null));
            }
            history.add(RowFactory.create("nowhere", 5.0));
            history.add(null);
            rows.add(RowFactory.create((Object) history.toArray()));
        }
        rows.add(RowFactory.create((Object) null));
        StructType schema = new StructType().add("history", DataTypes.createArrayType(ENTRY));
        List<Row> lists = new DiscreetModel(MODEL)
                .setK(7)
                .transform(spark().createDataFrame(rows, schema))
                .collectAsList();
        for (int person = 0; person < PEOPLE.size(); person++) {
            assertThat(lists.get(person).<Row>getList(1))
                    .extracting(place -> place.getString(0))
                    .containsExactlyElementsOf(expected(person, 7).stream()
                            .map(place -> MODEL.catalogue().id(place.item()))
                            .toList());
        }
        assertThat(lists.get(PEOPLE.size()).getList(1)).hasSize(7);
    }

    @Test
    void ratingModel_withoutRatings_isRefusedInOneLine() {
        DiscreetModel model = new DiscreetModel(MODEL);
        Dataset<Row> grouped = spark().sql("select array(named_struct('item', '100')) as history");
        assertThatThrownBy(() -> model.transform(grouped))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Cannot recommend: ")
                .hasMessageContaining("rating")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> model.recommendForUsers(ratings().drop("rating"), 5))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Cannot recommend: ")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(model::ranking).isInstanceOf(IllegalStateException.class);
    }
}
