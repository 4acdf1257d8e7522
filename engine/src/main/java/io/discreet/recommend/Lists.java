package io.discreet.recommend;

import io.discreet.model.Catalogue;
import io.discreet.model.ListMaker;
import io.discreet.model.ListRules;
import io.discreet.model.Recommendation;
import io.discreet.ratings.UserParts;
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
 * <p>Cost: one pass over the histories; what one list costs is said by who makes it ({@link io.discreet.model.Scorer}, {@link
 * io.discreet.model.RatingScorer}). The model travels once to each executor; between machines goes only what grouping the histories moves.
 */
public final class Lists {
    private static final StructType SCHEMA = new StructType()
            .add("user", DataTypes.StringType, false)
            .add("item", DataTypes.StringType, false)
            .add("rank", DataTypes.IntegerType, false)
            .add("score", DataTypes.DoubleType, false)
            .add("source", DataTypes.StringType, false);

    private Lists() {}

    /** Lists for everybody in {@code histories}; whoever has no history gets popular items. */
    public static <H> Dataset<Row> of(
            SparkSession spark,
            ListMaker<H> maker,
            Catalogue catalogue,
            JavaPairRDD<String, H> histories,
            ListRules rules) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<ListMaker<H>> makers = context.broadcast(maker);
        Broadcast<Catalogue> items = context.broadcast(catalogue);
        JavaRDD<Row> rows = histories.mapPartitions(people -> {
            Iterable<PersonList> lists = () -> new ListBatches<>(people, makers.value(), rules);
            return StreamSupport.stream(lists.spliterator(), false)
                    .flatMap(list -> rows(list, items.value()))
                    .iterator();
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

    /** The same for the people of the parts that are left, part i in partition i. */
    public static <H> JavaPairRDD<String, H> only(
            JavaRDD<String> people, JavaPairRDD<String, H> histories, H empty, UserParts parts) {
        return people.filter(parts::isLeft)
                .mapToPair(user -> new Tuple2<>(user, user))
                .reduceByKey(parts, (once, again) -> once)
                .leftOuterJoin(histories, parts)
                .mapValues(found -> found._2().orElse(empty));
    }

    private static Stream<Row> rows(PersonList list, Catalogue catalogue) {
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
