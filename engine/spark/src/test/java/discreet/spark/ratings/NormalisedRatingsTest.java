package discreet.spark.ratings;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.history.RatingColumns;
import discreet.history.RatingParser;
import discreet.history.RowRules;
import discreet.spark.SparkTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalisedRatingsTest extends SparkTest {

    @Test
    void of_markedRowsThatAreNotNormal_areNormalisedAgain() {
        StructType marked =
                new StructType(Arrays.stream(NormalisedRatings.schema(true).fields())
                        .map(field -> new StructField(field.name(), field.dataType(), true, field.metadata()))
                        .toArray(StructField[]::new));
        Dataset<Row> rows = spark().createDataFrame(
                        List.of(
                                RowFactory.create("u", "a", 5.0, null),
                                RowFactory.create("u", "b", Double.NaN, 1L),
                                RowFactory.create("u", "c", Double.NEGATIVE_INFINITY, 1L),
                                RowFactory.create("", "a", 5.0, 1L),
                                RowFactory.create(null, null, null, null)),
                        marked);
        assertThat(rows.schema().apply("user").dataType()).isEqualTo(DataTypes.StringType);

        Histories histories = Histories.of(
                rows,
                RatingColumns.DEFAULT,
                Catalogue.of(List.of(Item.of("a"), Item.of("b"), Item.of("c"))),
                RowRules.DEFAULT);

        assertThat(histories.rows().collect()).containsExactly(new int[] {0});
    }

    /**
     * Spark's own code converts columns of numbers and must agree with {@link discreet.history.RatingParser}.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void of_numbersOfEveryType_equalsRatingParser(boolean ansi) {
        double[] doubles = {
            0,
            -0.0,
            3.5,
            -2,
            Double.MIN_VALUE,
            -Double.MAX_VALUE,
            Double.MAX_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY
        };
        long[] longs = {
            0,
            1,
            -1,
            1_700_000_000,
            99_999_999_999L,
            100_000_000_000L,
            -99_999_999_999L,
            -100_000_000_000L,
            Long.MAX_VALUE,
            Long.MIN_VALUE
        };
        SparkSession session = spark().newSession();
        session.conf().set("spark.sql.ansi.enabled", ansi);
        List<Row> rows = new ArrayList<>();
        rows.add(RowFactory.create("null", "a", null, null));
        for (int at = 0; at < doubles.length; at++) {
            rows.add(RowFactory.create("" + at, "a", doubles[at], longs[at]));
        }
        StructType schema = new StructType()
                .add("user", DataTypes.StringType)
                .add("item", DataTypes.StringType)
                .add("rating", DataTypes.DoubleType)
                .add("timestamp", DataTypes.LongType);
        Dataset<Row> data = session.createDataFrame(rows, schema);
        for (DataType rating : List.of(DataTypes.DoubleType, DataTypes.FloatType)) {
            Dataset<Row> typed = data.withColumn("rating", col("rating").cast(rating));
            List<Row> raw = typed.collectAsList();
            List<Row> normal =
                    NormalisedRatings.of(typed, "here", RatingColumns.DEFAULT).collectAsList();
            for (int at = 0; at < rows.size(); at++) {
                Number number = raw.get(at).getAs("rating");
                Long time = raw.get(at).getAs("timestamp");
                // Boxed doubles are equal if their bits are, so this checks that zero has one sign.
                assertThat(normal.get(at).<Double>getAs("rating"))
                        .isEqualTo(RatingParser.rating(number == null ? null : (Double) number.doubleValue()));
                assertThat(normal.get(at).<Long>getAs("timestamp")).isEqualTo(RatingParser.timestamp(time));
            }
        }
        for (DataType type : List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType)) {
            Dataset<Row> typed = session.range(-3, 4)
                    .select(
                            lit("u").as("user"),
                            lit("a").as("item"),
                            col("id").cast(type).as("rating"),
                            col("id").cast(type).as("timestamp"));
            List<Row> normal =
                    NormalisedRatings.of(typed, "here", RatingColumns.DEFAULT).collectAsList();
            for (int at = 0; at < 7; at++) {
                assertThat(normal.get(at).<Double>getAs("rating")).isEqualTo(RatingParser.rating(at - 3.0));
                assertThat(normal.get(at).<Long>getAs("timestamp")).isEqualTo(RatingParser.timestamp(at - 3));
            }
        }
    }
}
