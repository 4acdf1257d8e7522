package discreet.spark.ratings;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.history.RatingColumns;
import discreet.history.RowRules;
import discreet.privacy.HashRange;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * What each person contributes before it is known which items there are: {@link Histories} by the same rules, except that no item is
 * off a catalogue. Ids are as private as ratings here: they come from rows, and only what was released of them may leave.
 *
 * <p>A row whose item id is longer than {@link #LONGEST_ID} is absent, before anything is grouped. Without that one account alone could
 * have ids that no driver has room for, and a failed training would tell that it is in the data.
 *
 * <p>Layout: as in {@link Histories}, with the id itself in place of an index; a person then costs a task the ids of a capped history.
 */
public final class UncataloguedHistories {
    /** The most UTF-16 units that an item id has where no list says which items there are; public, the same for all data. */
    public static final int LONGEST_ID = 256;

    private final RatingSource source;
    private final boolean hasRatings;
    private final RowRules rules;

    private UncataloguedHistories(RatingSource source, RowRules rules) {
        this.source = source;
        this.hasRatings = source.hasRatings();
        this.rules = rules;
    }

    /**
     * The histories in these ratings. Lazy: no row is read yet.
     *
     * @param ratings as in {@link Histories#of}
     * @throws InputException where a column is missing or has a type that does not fit
     */
    public static UncataloguedHistories of(Dataset<?> ratings, RatingColumns columns, RowRules rules) {
        return new UncataloguedHistories(RatingSource.of(ratings, "the given data set", columns), rules);
    }

    /** What counts of each person, and of which people. */
    public RowRules rules() {
        return rules;
    }

    /** The same people's histories over a catalogue: what is off it is absent, and the cap is over what is on it. */
    public Histories over(Catalogue catalogue) {
        return new Histories(source, catalogue, rules);
    }

    /**
     * For the item statistic: one array a person who has an item left, of the distinct ids of these items, at most the cap, none of
     * them empty or longer than {@link #LONGEST_ID}, in no particular order.
     */
    public JavaRDD<String[]> ids() {
        double minRating = hasRatings ? rules.minRating() : Double.NEGATIVE_INFINITY;
        int most = rules.maxItemsPerUser();
        FlatMapFunction<Iterator<Row>, String[]> group =
                sorted -> new UncataloguedUserIterator(sorted, minRating, most);
        return sorted(encoded()).mapPartitions(group);
    }

    private Dataset<Row> encoded() {
        Column rating = hasRatings ? col("rating") : lit(0.0);
        // Not Spark's length, which counts code points.
        UDF1<@Nullable String, Boolean> isPossible = id -> id != null && id.length() <= LONGEST_ID;
        Column possible = udf(isPossible, DataTypes.BooleanType).apply(col("item"));
        return within(source.normal(), rules.people())
                .where(col("user").isNotNull().and(possible).and(rating.isNotNull()))
                .select(
                        col("user"),
                        col("item"),
                        rating.as("rating"),
                        col("timestamp").as("time"));
    }

    /** Whoever is outside of the cell is absent: what is charged to a cell reads nobody else. */
    private static Dataset<Row> within(Dataset<Row> normal, @Nullable HashRange people) {
        if (people == null) {
            return normal;
        }
        UDF1<@Nullable String, Boolean> contains = user -> user != null && people.contains(user);
        return normal.where(udf(contains, DataTypes.BooleanType).apply(col("user")));
    }

    /** One shuffle by user, then Spark's external sort within each partition, which spills. */
    private static JavaRDD<Row> sorted(Dataset<Row> encoded) {
        return encoded.repartition(col("user"))
                .sortWithinPartitions(
                        col("user"),
                        col("item"),
                        col("time").desc(),
                        col("rating").desc())
                .toJavaRDD();
    }
}
