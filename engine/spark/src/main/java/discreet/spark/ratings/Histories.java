package discreet.spark.ratings;

import static org.apache.spark.sql.functions.col;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.history.RatedHistory;
import discreet.history.RatingColumns;
import discreet.history.RatingRange;
import discreet.history.RowRules;
import discreet.history.UserRows;
import discreet.privacy.HashRange;
import java.io.Serializable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * What each person contributes: a total function of that person's rows, which neither another person's rows nor the order,
 * the partitioning or the number of files can move. In this order:
 *
 * <ol>
 *   <li>People outside of {@link discreet.history.RowRules#people} are absent.
 *   <li>Rows with a missing, unparsable, NaN or infinite value, or an item off the catalogue, are absent. An unusable timestamp
 *       makes a row the oldest.
 *   <li>Of several rows of one person and item the latest counts; of these, the one with the highest rating.
 *   <li>A row below {@link discreet.history.RowRules#minRating} does not count. A later low rating thus revokes an earlier high one.
 *   <li>At most {@link discreet.history.RowRules#maxItemsPerUser} items, the most recent; among items of one time, and in data without time, by
 *       {@link Catalogue#publicOrder}.
 * </ol>
 *
 * <p>Layout: a task that reads rows looks items up in the catalogue and packs what it has of a person, without duplicates ({@link
 * RowPacker}); packed rows go through one shuffle by user and are sorted by user within partitions by Spark's external sort, which spills;
 * {@link UserIterator} then streams over them. So a person is in one task, and costs it no more memory than the distinct items of that person
 * however many rows there are (docs/decisions/026-packed-rows.md). Nothing is counted, logged or persisted. Spark keeps the shuffle's files,
 * and a second action on the same RDD reads them again instead of the data.
 */
public final class Histories {
    /** The index of what is not on the catalogue. */
    static final int ABSENT = -1;

    private static final StructType PACKED =
            new StructType().add("user", DataTypes.BinaryType, false).add("rows", DataTypes.BinaryType, false);

    private final RatingSource source;
    private final Catalogue catalogue;
    private final Broadcast<ItemIndex> shared;
    private final RowRules rules;
    private @Nullable JavaRDD<int[]> rows;
    private @Nullable JavaRDD<RatedHistory> rated;
    private @Nullable RatingRange ratedIn;
    private @Nullable JavaPairRDD<String, int[]> byUser;

    Histories(RatingSource source, Catalogue catalogue, RowRules rules) {
        this.source = source;
        this.catalogue = catalogue;
        this.shared =
                JavaSparkContext.fromSparkContext(session().sparkContext()).broadcast(new ItemIndex(catalogue));
        this.rules = rules;
    }

    private SparkSession session() {
        return source.normal().sparkSession();
    }

    /**
     * The histories in these ratings. Lazy: no row is read yet.
     *
     * @param ratings what {@link RatingsReader} returns, or any data set with the declared columns: ids as text or whole numbers,
     *     ratings as numbers or text, timestamps as numbers, text, timestamps or dates
     * @param columns what its columns are called; without meaning for ratings in the normal form
     * @throws InputException where a column is missing or has a type that does not fit
     */
    public static Histories of(Dataset<?> ratings, RatingColumns columns, Catalogue catalogue, RowRules rules) {
        return new Histories(RatingSource.of(ratings, "the given data set", columns), catalogue, rules);
    }

    /** Whether the data has ratings. Where it has none, every row passes the threshold. */
    public boolean hasRatings() {
        return source.hasRatings();
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    /** What counts of each person, and of which people. Whoever charges a cell takes it from here: nobody else was read. */
    public RowRules rules() {
        return rules;
    }

    /**
     * For training: one array a person who has an item left, of the indices of these items, ascending and distinct, never empty.
     * Always the same RDD; the first call runs the shuffle, actions on it after that read the shuffle's files.
     */
    public synchronized JavaRDD<int[]> rows() {
        if (rows == null) {
            rows = forTraining(UserRows::items, history -> history.length > 0);
        }
        return rows;
    }

    /**
     * For training on ratings: as {@link #rows}, with what each item was rated. Data without ratings has nobody in it: every row
     * lacks a rating.
     */
    public synchronized JavaRDD<RatedHistory> rated(RatingRange range) {
        if (rated == null || !range.equals(ratedIn)) {
            boolean usable = hasRatings();
            rated = forTraining(kept -> kept.rated(range), history -> usable && history.size() > 0);
            ratedIn = range;
        }
        return rated;
    }

    /**
     * For scoring: everybody whom a row names, even a row that counts for nothing, with the indices of the items left, ascending
     * and distinct, possibly none. Without the cap: nobody but that person sees what comes of it.
     */
    public synchronized JavaPairRDD<String, int[]> byUser() {
        if (byUser == null) {
            byUser = forScoring(UserRows::items, null);
        }
        return byUser;
    }

    /** As {@link #byUser()}, of the parts that are left: part i in partition i, a finished part's partition empty. */
    public JavaPairRDD<String, int[]> byUser(UserParts parts) {
        return forScoring(UserRows::items, parts);
    }

    /** For scoring by ratings: as {@link #byUser}, with what each item was rated. Data without ratings has empty histories. */
    public JavaPairRDD<String, RatedHistory> ratedByUser(RatingRange range) {
        return ratedByUser(range, null);
    }

    /** As {@link #ratedByUser(RatingRange)}, in parts as {@link #byUser(UserParts)}. */
    public JavaPairRDD<String, RatedHistory> ratedByUser(RatingRange range, @Nullable UserParts parts) {
        boolean usable = hasRatings();
        return forScoring(kept -> usable ? kept.rated(range) : RatedHistory.EMPTY, parts);
    }

    private <P> JavaRDD<P> forTraining(Form<P> form, Present<P> present) {
        Broadcast<ItemIndex> items = shared;
        double minRating = minRating();
        int most = rules.maxItemsPerUser();
        return sorted(false, null).mapPartitions(sorted -> {
            Iterable<Tuple2<String, P>> people =
                    () -> new UserIterator<>(sorted, items.value().catalogue(), minRating, most, form);
            return StreamSupport.stream(people.spliterator(), false)
                    .map(Tuple2::_2)
                    .filter(present::test)
                    .iterator();
        });
    }

    private <P> JavaPairRDD<String, P> forScoring(Form<P> form, @Nullable UserParts parts) {
        Broadcast<ItemIndex> items = shared;
        double minRating = minRating();
        return sorted(true, parts)
                .mapPartitionsToPair(sorted ->
                        new UserIterator<>(sorted, items.value().catalogue(), minRating, Integer.MAX_VALUE, form));
    }

    /** What is made of the items kept of a person; travels to tasks. */
    private interface Form<P> extends Function<UserRows, P>, Serializable {}

    /** Whether somebody has anything left; travels to tasks. */
    private interface Present<P> extends Predicate<P>, Serializable {}

    private double minRating() {
        return hasRatings() ? rules.minRating() : Double.NEGATIVE_INFINITY;
    }

    /**
     * One shuffle by user, then a sort within each partition. Without a number of partitions Spark's adaptive execution
     * makes no more of them than the data needs, and it never divides one user's rows.
     *
     * @param everybody whether those without any row on the catalogue are wanted, too
     * @param parts whose people are wanted, and in which partitions; null: everybody, wherever
     */
    private JavaRDD<InternalRow> sorted(boolean everybody, @Nullable UserParts parts) {
        HashRange hashRange = rules.people();
        RowPacker.Wanted wanted =
                user -> (hashRange == null || hashRange.contains(user)) && (parts == null || parts.isUnfinished(user));
        Dataset<Row> people = session().createDataFrame(source.packed(shared, everybody, wanted), PACKED);
        return RatingSource.internal((parts == null ? people.repartition(col("user")) : parts.divide(people))
                .sortWithinPartitions(col("user")));
    }
}
