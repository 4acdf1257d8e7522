package discreet.spark.lists;

import discreet.catalogue.Catalogue;
import discreet.catalogue.ListRules;
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
 * Batch lists: user, item, rank (from 1), score, source. A list is on its way to one person and stays inside the
 * operator's boundary until then.
 *
 * <p>Cost: one pass over the histories; what one list costs is said by who makes it ({@link discreet.model.RankingScorer}, {@link
 * discreet.model.RatingScorer}). The model travels once to each executor; between machines goes only what grouping the histories moves.
 */
public final class BatchLists {
    private static final StructType SCHEMA = new StructType()
            .add("user", DataTypes.StringType, false)
            .add("item", DataTypes.StringType, false)
            .add("rank", DataTypes.IntegerType, false)
            .add("score", DataTypes.DoubleType, false)
            .add("source", DataTypes.StringType, false);

    private BatchLists() {}

    /** Lists for everybody in {@code histories}; whoever has no history gets popular items. */
    public static <H> Dataset<Row> of(
            SparkSession spark,
            Recommender<H> maker,
            Catalogue catalogue,
            JavaPairRDD<String, H> histories,
            ListRules rules) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<Recommender<H>> makers = context.broadcast(maker);
        Broadcast<Catalogue> items = context.broadcast(catalogue);
        JavaRDD<Row> rows = histories.mapPartitions(people -> {
            Iterable<UserList> lists = () -> new ListBatches<>(people, makers.value(), rules);
            return stream(lists).flatMap(list -> rows(list, items.value())).iterator();
        });
        return spark.createDataFrame(rows, SCHEMA);
    }

    /**
     * The histories of exactly the people named, an empty one where {@code histories} does not know them.
     *
     * @param people user ids; named twice counts once
     * @param empty the empty history
     */
    public static <H> JavaPairRDD<String, H> only(JavaRDD<String> people, JavaPairRDD<String, H> histories, H empty) {
        return people.mapToPair(user -> new Tuple2<>(user, user))
                .reduceByKey((once, again) -> once)
                .leftOuterJoin(histories)
                .mapValues(found -> found._2().orElse(empty));
    }

    /**
     * The same for the people of the parts that are left, part i in partition i. The names of one part are held by its task; histories stay where
     * they are.
     *
     * @param histories in these parts
     */
    public static <H> JavaPairRDD<String, H> only(
            JavaRDD<String> people, JavaPairRDD<String, H> histories, H empty, UserParts parts) {
        JavaPairRDD<String, String> named = people.filter(parts::isLeft)
                .mapToPair(user -> new Tuple2<>(user, user))
                .reduceByKey(parts, (once, again) -> once);
        // Where Spark sees that there is nobody at all it makes fewer partitions
        return histories.getNumPartitions() == parts.numPartitions()
                ? named.keys()
                        .zipPartitions(histories, (names, known) -> named(names, known, empty))
                        .mapToPair(person -> person)
                : named.leftOuterJoin(histories, parts)
                        .mapValues(found -> found._2().orElse(empty));
    }

    /** The histories of these people: of those whom the data know in the order of the data, then of the others in the order of their names. */
    private static <H> Iterator<Tuple2<String, H>> named(
            Iterator<String> names, Iterator<Tuple2<String, H>> known, H empty) {
        SortedSet<String> left = new TreeSet<>();
        names.forEachRemaining(left::add);
        Stream<Tuple2<String, H>> found = stream(() -> known).filter(person -> left.remove(person._1()));
        // The set is looked at when everybody known has been taken out of it
        Stream<Tuple2<String, H>> others = Stream.of(left).flatMap(Set::stream).map(user -> new Tuple2<>(user, empty));
        return Stream.concat(found, others).iterator();
    }

    private static <T> Stream<T> stream(Iterable<T> elements) {
        return StreamSupport.stream(elements.spliterator(), false);
    }

    private static Stream<Row> rows(UserList list, Catalogue catalogue) {
        return IntStream.range(0, list.places().size())
                .mapToObj(place -> row(list.user(), place + 1, list.places().get(place), catalogue));
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
