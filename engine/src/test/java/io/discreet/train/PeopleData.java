package io.discreet.train;

import io.discreet.model.Catalogue;
import io.discreet.model.Item;
import io.discreet.ratings.Histories;
import io.discreet.ratings.RatingColumns;
import io.discreet.ratings.RowRules;
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
final class PeopleData {
    static final StructType SCHEMA = new StructType()
            .add("user", DataTypes.StringType)
            .add("item", DataTypes.StringType)
            .add("rating", DataTypes.StringType)
            .add("timestamp", DataTypes.StringType);

    private PeopleData() {}

    /** Ids sort as their indices do. */
    static Catalogue catalogue(int items) {
        return Catalogue.of(
                IntStream.range(0, items).mapToObj(PeopleData::id).map(Item::of).toList());
    }

    static String id(int item) {
        return "item-%05d".formatted(item);
    }

    static Row row(String user, int item) {
        return RowFactory.create(user, id(item), "4.5", Integer.toString(1_000_000_000 + item));
    }

    static List<Row> rows(int[][] people) {
        List<Row> rows = new ArrayList<>();
        for (int person = 0; person < people.length; person++) {
            for (int item : people[person]) {
                rows.add(row("user-" + person, item));
            }
        }
        return rows;
    }

    static Dataset<Row> ratings(SparkSession spark, List<Row> rows) {
        return spark.createDataFrame(rows, SCHEMA);
    }

    static Histories histories(Dataset<Row> ratings, int items) {
        return Histories.of(ratings, RatingColumns.DEFAULT, catalogue(items), RowRules.DEFAULT);
    }

    /** Skewed popularity, three tastes, histories from one item to most of them. */
    static int[][] random(int people, int items, Random random) {
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
