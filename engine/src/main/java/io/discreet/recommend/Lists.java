package io.discreet.recommend;

import io.discreet.model.Catalogue;
import io.discreet.model.ListRules;
import io.discreet.model.RankingModel;
import io.discreet.model.Recommendation;
import io.discreet.model.Scorer;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
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
 * <p>Cost: one pass over the histories; a person with k items in a head of m costs (k + m) rank multiply-adds and a partial
 * selection. The model travels once to each executor; between machines goes only what grouping the histories moves.
 */
public final class Lists {
    private static final StructType SCHEMA = new StructType()
            .add("user", DataTypes.StringType, false)
            .add("item", DataTypes.StringType, false)
            .add("rank", DataTypes.IntegerType, false)
            .add("score", DataTypes.DoubleType, false)
            .add("source", DataTypes.StringType, false);

    private Lists() {}

    /** Lists of at most {@code k} items for everybody in {@code histories}; whoever has no history gets popular items. */
    public static Dataset<Row> of(SparkSession spark, RankingModel model, JavaPairRDD<String, int[]> histories, int k) {
        return of(spark, model, histories, ListRules.ofLength(k));
    }

    /** Lists that follow rules. */
    public static Dataset<Row> of(
            SparkSession spark, RankingModel model, JavaPairRDD<String, int[]> histories, ListRules rules) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<Scorer> scorer = context.broadcast(model.scorer());
        Broadcast<Catalogue> catalogue = context.broadcast(model.catalogue());
        JavaRDD<Row> rows =
                histories.flatMap(person -> list(person._1(), person._2(), scorer.value(), catalogue.value(), rules));
        return spark.createDataFrame(rows, SCHEMA);
    }

    /**
     * The histories of exactly the people named, an empty one where {@code histories} does not know them.
     *
     * @param people user ids; named twice counts once
     */
    public static JavaPairRDD<String, int[]> only(JavaRDD<String> people, JavaPairRDD<String, int[]> histories) {
        return people.mapToPair(user -> new Tuple2<>(user, user))
                .reduceByKey((once, again) -> once)
                .leftOuterJoin(histories)
                .mapValues(found -> found._2().orElse(new int[0]));
    }

    private static Iterator<Row> list(String user, int[] history, Scorer scorer, Catalogue catalogue, ListRules rules) {
        List<Recommendation> list = scorer.recommend(history, rules);
        return IntStream.range(0, list.size())
                .mapToObj(place -> row(user, place + 1, list.get(place), catalogue))
                .iterator();
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
