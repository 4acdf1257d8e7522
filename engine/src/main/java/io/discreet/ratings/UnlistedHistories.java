package io.discreet.ratings;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.discreet.model.Catalogue;
import io.discreet.privacy.InputException;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What each person contributes before it is known which items there are: {@link Histories} by the same rules, except that no item is
 * off a catalogue. Ids are as private as ratings here: they come from rows, and only what was released of them may leave.
 *
 * <p>Layout: as in {@link Histories}, with the id itself, of whatever length, in place of an index; a person then costs a task the ids
 * of a capped history.
 */
public final class UnlistedHistories {
    private final Dataset<Row> normal;
    private final boolean hasRatings;
    private final RowRules rules;

    private UnlistedHistories(Dataset<Row> normal, RowRules rules) {
        this.normal = normal;
        this.hasRatings = NormalRatings.hasRatings(normal.schema());
        this.rules = rules;
    }

    /**
     * The histories in these ratings. Lazy: no row is read yet.
     *
     * @param ratings as in {@link Histories#of}
     * @throws InputException where a column is missing or has a type that does not fit
     */
    public static UnlistedHistories of(Dataset<?> ratings, RatingColumns columns, RowRules rules) {
        Dataset<Row> normal = NormalRatings.of(ratings, "the given data set", columns);
        return new UnlistedHistories(Histories.within(normal, rules.people()), rules);
    }

    /** What counts of each person, and of which people. */
    public RowRules rules() {
        return rules;
    }

    /** The same people's histories over a catalogue: what is off it is absent, and the cap is over what is on it. */
    public Histories over(Catalogue catalogue) {
        return new Histories(normal, catalogue, rules);
    }

    /**
     * For the item statistic: one array a person who has an item left, of the distinct ids of these items, at most the cap, none of
     * them empty, in no particular order.
     */
    public JavaRDD<String[]> ids() {
        double minRating = hasRatings ? rules.minRating() : Double.NEGATIVE_INFINITY;
        int most = rules.maxItemsPerUser();
        FlatMapFunction<Iterator<Row>, String[]> group = sorted -> new UnlistedPeople(sorted, minRating, most);
        return Histories.sorted(encoded()).mapPartitions(group);
    }

    private Dataset<Row> encoded() {
        Column rating = hasRatings ? col("rating") : lit(0.0);
        return normal.where(col("user").isNotNull().and(col("item").isNotNull()).and(rating.isNotNull()))
                .select(
                        col("user"),
                        col("item"),
                        rating.as("rating"),
                        col("timestamp").as("time"));
    }
}
