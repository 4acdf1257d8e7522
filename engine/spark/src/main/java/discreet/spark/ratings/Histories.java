package discreet.spark.ratings;

import static org.apache.spark.sql.functions.col;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.history.HistoryForm;
import discreet.history.RatedHistory;
import discreet.history.RatingColumns;
import discreet.history.RatingRange;
import discreet.history.RowRules;
import discreet.privacy.HashRange;
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
            rows = forTraining(HistoryForm.ofItems());
        }
        return rows;
    }

    /**
     * For training on ratings: as {@link #rows}, with what each item was rated. Data without ratings has nobody in it: every row
     * lacks a rating.
     */
    public synchronized JavaRDD<RatedHistory> rated(RatingRange range) {
        if (rated == null || !range.equals(ratedIn)) {
            rated = forTraining(HistoryForm.ofRatings(range));
            ratedIn = range;
        }
        return rated;
    }

    /**
     * For scoring: the history of every user whom a row names, in the form that a model reads. A user all of whose rows do not count has an
     * empty one, and so does every user of data that lacks the ratings the form holds. Without the cap, since only that user sees the result.
     */
    public <H> JavaPairRDD<String, H> byUser(HistoryForm<H> form) {
        return byUser(form, null);
    }

    /**
     * As {@link #byUser(HistoryForm)}, of the parts that are left.
     *
     * @param parts part i is in partition i, and the partition of a finished part is empty; null: all users, wherever
     */
    public <H> JavaPairRDD<String, H> byUser(HistoryForm<H> form, @Nullable UserParts parts) {
        Broadcast<ItemIndex> items = shared;
        double minRating = minRating();
        boolean readable = isReadable(form);
        return sorted(true, parts)
                .mapPartitionsToPair(sorted -> new UserIterator<>(
                        sorted,
                        items.value().catalogue(),
                        minRating,
                        Integer.MAX_VALUE,
                        kept -> readable ? form.of(kept) : form.empty()));
    }

    private <H> JavaRDD<H> forTraining(HistoryForm<H> form) {
        Broadcast<ItemIndex> items = shared;
        double minRating = minRating();
        int most = rules.maxItemsPerUser();
        boolean readable = isReadable(form);
        return sorted(false, null).mapPartitions(sorted -> {
            Iterable<Tuple2<String, H>> people =
                    () -> new UserIterator<>(sorted, items.value().catalogue(), minRating, most, form::of);
            return StreamSupport.stream(people.spliterator(), false)
                    .map(Tuple2::_2)
                    .filter(history -> readable && form.items(history).length > 0)
                    .iterator();
        });
    }

    /** Says whether histories in this form can be made of this data. */
    private boolean isReadable(HistoryForm<?> form) {
        return hasRatings() || !form.hasRatings();
    }

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
                user -> (hashRange == null || hashRange.contains(user)) && (parts == null || parts.isLeft(user));
        Dataset<Row> people = session().createDataFrame(source.packed(shared, everybody, wanted), PACKED);
        return RatingSource.internal((parts == null ? people.repartition(col("user")) : parts.divide(people))
                .sortWithinPartitions(col("user")));
    }
}
