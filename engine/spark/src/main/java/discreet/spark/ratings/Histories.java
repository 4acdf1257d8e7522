package discreet.spark.ratings;

import static org.apache.spark.sql.functions.col;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.history.HistoryForm;
import discreet.history.RatedHistory;
import discreet.history.RatingColumns;
import discreet.history.RatingRange;
import discreet.history.RatingsSchema;
import discreet.history.RowRules;
import discreet.history.UserHistory;
import discreet.history.UserRows;
import discreet.privacy.HashRange;
import java.util.function.Function;
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
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Computes each user's contribution to the sums, which is a total function of that user's rows. No other
 * user's rows change it, nor do the order of the rows, their partitioning or the number of files. The rules
 * apply in this order:
 *
 * <ol>
 *   <li>Users outside {@link discreet.history.RowRules#users} are absent.
 *   <li>Rows with a missing, unparsable, NaN or infinite value, or with an item off the catalogue, are
 *       absent. An unusable timestamp instead makes a row the oldest.
 *   <li>Of several rows of a user for one item, the latest counts. Of several latest rows, the one with the
 *       highest rating counts.
 *   <li>A row below {@link discreet.history.RowRules#minRating} does not count. A later low rating therefore
 *       revokes an earlier high one.
 *   <li>At most {@link discreet.history.RowRules#maxItemsPerUser} items count, the most recent ones. Among
 *       items of one time, and in data without times, {@link Catalogue#publicOrder} decides.
 * </ol>
 *
 * <p>Histories for scoring have no cap. They also hold the items that the user has seen, which is every item
 * of the catalogue that a row of the user names ({@link UserHistory}).
 *
 * <p>Layout: a task that reads rows looks items up in the catalogue and packs the rows of each user without
 * duplicates ({@link RowPacker}). Packed rows go through one shuffle by user. Spark's external sort, which
 * spills to disk, then sorts them by user within partitions, and {@link UserIterator} streams over the
 * result. A user is therefore in a single task and costs it no more memory than that user's distinct items,
 * however many rows there are (docs/decisions/026-packed-rows.md). Nothing is counted, logged or persisted.
 * Spark keeps the files of the shuffle, and a second action on the same RDD reads these instead of the data.
 */
public final class Histories {
    /** Stands for an item off the catalogue. */
    static final int ABSENT = -1;

    private static final String DATA_SET = "the given data set";

    private static final StructType PACKED =
            new StructType().add("user", DataTypes.BinaryType, false).add("rows", DataTypes.BinaryType, false);

    private final RatingSource source;
    private final Catalogue catalogue;
    private final Broadcast<ItemIndex> shared;
    private final RowRules rules;
    private final @Nullable RatingObserver observer;
    private @Nullable JavaRDD<int[]> rows;
    private @Nullable JavaRDD<RatedHistory> rated;
    private @Nullable RatingRange ratedIn;

    Histories(RatingSource source, Catalogue catalogue, RowRules rules) {
        this(source, catalogue, rules, null);
    }

    private Histories(RatingSource source, Catalogue catalogue, RowRules rules, @Nullable RatingObserver observer) {
        this.source = source;
        this.catalogue = catalogue;
        this.shared =
                JavaSparkContext.fromSparkContext(session().sparkContext()).broadcast(new ItemIndex(catalogue));
        this.rules = rules;
        this.observer = observer;
    }

    private SparkSession session() {
        return source.normal().sparkSession();
    }

    /**
     * Returns the histories in these ratings. Lazy, so no row is read yet.
     *
     * @param ratings the result of {@link RatingsReader}, or any data set with the declared columns. Ids are
     *     text or whole numbers, ratings are numbers or text, and timestamps are numbers, text, timestamps or
     *     dates.
     * @param columns names of the columns, ignored for ratings in the normal form
     * @throws InputException if a column is missing or has an unsuitable type
     */
    public static Histories of(Dataset<?> ratings, RatingColumns columns, Catalogue catalogue, RowRules rules) {
        RatingSource source = RatingSource.of(ratings, DATA_SET, columns);
        StructField item = source.item();
        RatingsSchema.requireFits(
                DATA_SET, item.name(), BatchLayout.Kind.of(item).isInteger(), catalogue);
        return new Histories(source, catalogue, rules);
    }

    /** Returns the same histories, whose ratings are shown to an observer whenever they are read. */
    public Histories observedBy(RatingObserver seeing) {
        return new Histories(source, catalogue, rules, seeing);
    }

    /** Returns whether the data has ratings. Without ratings, every row passes the threshold. */
    public boolean hasRatings() {
        return source.hasRatings();
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    /**
     * Returns the rules, which say how much of a user counts and which users count. A charge takes its hash
     * range from here, since no other user is read.
     */
    public RowRules rules() {
        return rules;
    }

    /**
     * Returns the histories for training, one array for each user who has an item left. An array holds the
     * indices of these items, ascending and distinct, and is never empty. Always returns the same RDD. The
     * first action on it runs the shuffle, and later actions read the shuffle's files.
     */
    public synchronized JavaRDD<int[]> rows() {
        if (rows == null) {
            rows = forTraining(HistoryForm.ofItems());
        }
        return rows;
    }

    /**
     * Returns the histories for training on ratings, like {@link #rows} with the rating of each item. Data
     * without ratings has no users here, because every row lacks a rating.
     */
    public synchronized JavaRDD<RatedHistory> rated(RatingRange range) {
        if (rated == null || !range.equals(ratedIn)) {
            rated = forTraining(HistoryForm.ofRatings(range));
            ratedIn = range;
        }
        return rated;
    }

    /**
     * Returns the histories for scoring, one for every user whom a row names, in the form that a model reads.
     * Nothing of a user counts who has no row that does. So it is for every user if the form holds ratings
     * and the data has none. There is no cap, since only that user sees the result.
     */
    public <H> JavaPairRDD<String, UserHistory<H>> byUser(HistoryForm<H> form) {
        return byUser(form, null);
    }

    /**
     * Does the same as {@link #byUser(HistoryForm)} for users of unfinished parts.
     *
     * @param parts puts part i into partition i and leaves the partition of a finished part empty, while null
     *     means all users in any partitions
     */
    public <H> JavaPairRDD<String, UserHistory<H>> byUser(HistoryForm<H> form, @Nullable UserParts parts) {
        double minRating = minRating();
        boolean readable = isReadable(form);
        return sorted(true, parts)
                .mapPartitionsToPair(sorted -> new UserIterator<>(
                        sorted,
                        own -> readable ? UserHistory.of(own, form, minRating) : UserHistory.onlySeen(own, form)));
    }

    private <H> JavaRDD<H> forTraining(HistoryForm<H> form) {
        Broadcast<ItemIndex> items = shared;
        double minRating = minRating();
        int maxItems = rules.maxItemsPerUser();
        boolean readable = isReadable(form);
        return sorted(false, null).mapPartitions(sorted -> {
            Catalogue known = items.value().catalogue();
            Function<UserRows, H> history = own -> {
                own.keep(minRating, maxItems, known);
                return form.of(own);
            };
            Iterable<Tuple2<String, H>> users = () -> new UserIterator<>(sorted, history);
            return StreamSupport.stream(users.spliterator(), false)
                    .map(Tuple2::_2)
                    .filter(counted -> readable && form.items(counted).length > 0)
                    .iterator();
        });
    }

    /** Returns whether this data can give histories in this form. */
    private boolean isReadable(HistoryForm<?> form) {
        return hasRatings() || !form.hasRatings();
    }

    private double minRating() {
        return hasRatings() ? rules.minRating() : Double.NEGATIVE_INFINITY;
    }

    /**
     * Shuffles once by user and then sorts within each partition. Without an explicit number of partitions,
     * Spark's adaptive execution makes no more than the data needs, and it never splits one user's rows.
     *
     * @param keepEmpty whether users without any row on the catalogue appear too, and items without a usable
     *     rating as seen
     * @param parts limits the users to unfinished parts and sets their partitions, while null means all users
     *     in any partitions
     */
    private JavaRDD<InternalRow> sorted(boolean keepEmpty, @Nullable UserParts parts) {
        HashRange users = rules.users();
        RowPacker.UserFilter filter =
                user -> (users == null || users.contains(user)) && (parts == null || parts.isUnfinished(user));
        Dataset<Row> packed = session().createDataFrame(source.packed(shared, keepEmpty, filter, observer), PACKED);
        return RatingSource.internal((parts == null ? packed.repartition(col("user")) : parts.divide(packed))
                .sortWithinPartitions(col("user")));
    }
}
