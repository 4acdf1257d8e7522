package discreet.spark.train;

import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.history.RatingColumns;
import discreet.history.RowRules;
import discreet.spark.ratings.Histories;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** People given as arrays of catalogue indices, and the same as ratings. */
public final class UserData {
    static final StructType SCHEMA = new StructType()
            .add("user", DataTypes.StringType)
            .add("item", DataTypes.StringType)
            .add("rating", DataTypes.StringType)
            .add("timestamp", DataTypes.StringType);

    private UserData() {}

    /** Ids sort as their indices do. */
    public static Catalogue catalogue(int items) {
        return Catalogue.of(
                IntStream.range(0, items).mapToObj(UserData::id).map(Item::of).toList());
    }

    public static String id(int item) {
        return "item-%05d".formatted(item);
    }

    static Row row(String user, int item) {
        return RowFactory.create(user, id(item), "4.5", Integer.toString(1_000_000_000 + item));
    }

    public static List<Row> rows(int[][] people) {
        List<Row> rows = new ArrayList<>();
        for (int person = 0; person < people.length; person++) {
            for (int item : people[person]) {
                rows.add(row("user-" + person, item));
            }
        }
        return rows;
    }

    public static Dataset<Row> ratings(SparkSession spark, List<Row> rows) {
        return spark.createDataFrame(rows, SCHEMA);
    }

    static Histories histories(Dataset<Row> ratings, int items) {
        return Histories.of(ratings, RatingColumns.DEFAULT, catalogue(items), RowRules.DEFAULT);
    }

    /** Skewed popularity, three tastes, histories from one item to most of them. */
    public static int[][] random(int people, int items, Random random) {
        int[][] result = new int[people][];
        for (int person = 0; person < people; person++) {
            int taste = random.nextInt(3);
            double appetite = .2 + .8 * Math.pow(random.nextDouble(), 2);
            int[] history = IntStream.range(0, items)
                    .filter(item -> random.nextDouble()
                            < appetite * (item % 3 == taste ? 1 : .2) * Math.exp(-2.0 * item / items))
                    .toArray();
            result[person] = history.length > 0 ? history : new int[] {random.nextInt(items)};
        }
        return result;
    }
}
