package discreet.spark.lists;

import discreet.catalogue.Catalogue;
import discreet.catalogue.ListRules;
import discreet.history.UserHistory;
import discreet.model.Recommendation;
import discreet.model.Recommender;
import discreet.spark.ratings.UserParts;
import java.util.Iterator;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Makes lists in batches on Spark, with columns user, item, rank (from 1), score and source. Each user's list
 * is meant for that user and stays inside the operator's boundary until it is handed over.
 *
 * <p>Cost: one pass over the histories. {@link discreet.model.RankingScorer} and
 * {@link discreet.model.RatingScorer} state the cost of one list. The model is sent once to each executor.
 * The only other network traffic is the grouping of the histories.
 */
public final class BatchLists {
    private static final StructType SCHEMA = new StructType()
            .add("user", DataTypes.StringType, false)
            .add("item", DataTypes.StringType, false)
            .add("rank", DataTypes.IntegerType, false)
            .add("score", DataTypes.DoubleType, false)
            .add("source", DataTypes.StringType, false);

    private BatchLists() {}

    /**
     * Returns a list for every user in {@code histories}. A user with an empty history gets the popular
     * items.
     */
    public static <H> Dataset<Row> of(
            SparkSession spark,
            Recommender<H> recommender,
            Catalogue catalogue,
            JavaPairRDD<String, UserHistory<H>> histories,
            ListRules rules) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<Recommender<H>> recommenders = context.broadcast(recommender);
        Broadcast<Catalogue> items = context.broadcast(catalogue);
        JavaRDD<Row> rows = histories.mapPartitions(entries -> {
            Iterable<UserList> lists = () -> new ListBatches<>(entries, recommenders.value(), rules);
            return stream(lists).flatMap(list -> rows(list, items.value())).iterator();
        });
        return spark.createDataFrame(rows, SCHEMA);
    }

    /**
     * Returns the histories of exactly the given users. A user without a history in {@code histories} gets
     * the empty history.
     *
     * @param users user ids, where a repeated id counts once
     * @param empty the empty history
     */
    public static <T> JavaPairRDD<String, T> only(JavaRDD<String> users, JavaPairRDD<String, T> histories, T empty) {
        return users.mapToPair(user -> new Tuple2<>(user, user))
                .reduceByKey((once, again) -> once)
                .leftOuterJoin(histories)
                .mapValues(found -> found._2().orElse(empty));
    }

    /**
     * Returns the histories of the given users whose parts are unfinished, with part i in partition i. A task
     * holds the names of one part. The histories are not moved.
     *
     * @param histories partitioned by {@code parts}
     */
    public static <T> JavaPairRDD<String, T> only(
            JavaRDD<String> users, JavaPairRDD<String, T> histories, T empty, UserParts parts) {
        JavaPairRDD<String, String> named = users.filter(parts::isUnfinished)
                .mapToPair(user -> new Tuple2<>(user, user))
                .reduceByKey(parts, (once, again) -> once);
        // Spark makes fewer partitions when it sees that there are no histories at all.
        return histories.getNumPartitions() == parts.numPartitions()
                ? named.keys()
                        .zipPartitions(histories, (names, known) -> named(names, known, empty))
                        .mapToPair(entry -> entry)
                : named.leftOuterJoin(histories, parts)
                        .mapValues(found -> found._2().orElse(empty));
    }

    /**
     * Returns the histories of the named users. Users with a history come first, in the order of
     * {@code known}. The others follow in the order of their names.
     */
    private static <T> Iterator<Tuple2<String, T>> named(
            Iterator<String> names, Iterator<Tuple2<String, T>> known, T empty) {
        SortedSet<String> unseen = new TreeSet<>();
        names.forEachRemaining(unseen::add);
        Stream<Tuple2<String, T>> found = stream(() -> known).filter(entry -> unseen.remove(entry._1()));
        // The set is read lazily, after every user with a history has been removed from it.
        Stream<Tuple2<String, T>> others =
                Stream.of(unseen).flatMap(Set::stream).map(user -> new Tuple2<>(user, empty));
        return Stream.concat(found, others).iterator();
    }

    private static <E> Stream<E> stream(Iterable<E> elements) {
        return StreamSupport.stream(elements.spliterator(), false);
    }

    private static Stream<Row> rows(UserList list, Catalogue catalogue) {
        return IntStream.range(0, list.recommendations().size())
                .mapToObj(at -> row(list.user(), at + 1, list.recommendations().get(at), catalogue));
    }

    private static Row row(String user, int rank, Recommendation recommendation, Catalogue catalogue) {
        return RowFactory.create(
                user,
                catalogue.id(recommendation.item()),
                rank,
                recommendation.score(),
                recommendation.source().label());
    }
}
