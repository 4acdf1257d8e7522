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
 * Computes what each user contributes to the sums before the items are known. The rules are those of
 * {@link Histories}, without the condition that an item is on the catalogue. Item ids are as private as
 * ratings here, because they come from rows. Only ids released by private partition selection may leave.
 *
 * <p>A row whose item id is longer than {@link #LONGEST_ID} is absent before anything is grouped. Otherwise a
 * single account could have ids that no driver has room for, and a failed training would reveal that the
 * account is in the data.
 *
 * <p>Layout: as in {@link Histories}, with ids in place of indices. For each user, a task holds the ids of a
 * capped history.
 */
public final class ItemIdHistories {
    /**
     * The greatest length of an item id in UTF-16 units when the items are not listed. The limit is public
     * and the same for all data.
     */
    public static final int LONGEST_ID = 256;

    private final RatingSource source;
    private final boolean hasRatings;
    private final RowRules rules;

    private ItemIdHistories(RatingSource source, RowRules rules) {
        this.source = source;
        this.hasRatings = source.hasRatings();
        this.rules = rules;
    }

    /**
     * Returns the histories in these ratings. Lazy, so no row is read yet.
     *
     * @param ratings as in {@link Histories#of}
     * @throws InputException if a column is missing or has an unsuitable type
     */
    public static ItemIdHistories of(Dataset<?> ratings, RatingColumns columns, RowRules rules) {
        return new ItemIdHistories(RatingSource.of(ratings, "the given data set", columns), rules);
    }

    /** Returns whether the data has ratings. Without ratings, every row passes the threshold. */
    public boolean hasRatings() {
        return hasRatings;
    }

    /** Returns the rules, which say how much of a user counts and which users count. */
    public RowRules rules() {
        return rules;
    }

    /**
     * Returns the histories of the same data over a catalogue, which read the ratings again. Items off the
     * catalogue are absent, and the cap applies to the items on it.
     */
    public Histories over(Catalogue catalogue) {
        return new Histories(source, catalogue, rules);
    }

    /**
     * Returns the input of the item statistic. It has one array for each user who has an item left. An array
     * holds the distinct ids of these items, at most as many as the cap, in no particular order. No id is
     * empty or longer than {@link #LONGEST_ID}.
     */
    public JavaRDD<String[]> ids() {
        double minRating = hasRatings ? rules.minRating() : Double.NEGATIVE_INFINITY;
        int maxItems = rules.maxItemsPerUser();
        FlatMapFunction<Iterator<Row>, String[]> group = sorted -> new ItemIdIterator(sorted, minRating, maxItems);
        return sorted(encoded()).mapPartitions(group);
    }

    private Dataset<Row> encoded() {
        Column rating = hasRatings ? col("rating") : lit(0.0);
        // Spark's own length counts code points instead.
        UDF1<@Nullable String, Boolean> isPossible = id -> id != null && id.length() <= LONGEST_ID;
        Column possible = udf(isPossible, DataTypes.BooleanType).apply(col("item"));
        return within(source.normal(), rules.users())
                .where(col("user").isNotNull().and(possible).and(rating.isNotNull()))
                .select(
                        col("user"),
                        col("item"),
                        rating.as("rating"),
                        col("timestamp").as("time"));
    }

    /**
     * Drops users outside the hash range, so that a charge to a hash range covers every user that was read.
     */
    private static Dataset<Row> within(Dataset<Row> normal, @Nullable HashRange users) {
        if (users == null) {
            return normal;
        }
        UDF1<@Nullable String, Boolean> contains = user -> user != null && users.contains(user);
        return normal.where(udf(contains, DataTypes.BooleanType).apply(col("user")));
    }

    /**
     * Shuffles once by user and then sorts within each partition by Spark's external sort, which spills to
     * disk.
     */
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
