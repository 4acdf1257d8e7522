package discreet.spark.lists;

import static org.apache.spark.sql.functions.col;

import discreet.catalogue.Catalogue;
import discreet.history.RatedHistory;
import discreet.history.UserHistory;
import discreet.model.RatingModel;
import discreet.model.RatingScorer;
import java.util.ArrayList;
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
 * Predicts ratings in batches on Spark, with columns user, item and prediction. Like a list, each prediction
 * is meant for one user and stays inside the operator's boundary until it is handed over.
 *
 * <p>Cost: beside the grouping of the histories, one more shuffle by user brings them together with the
 * pairs. Each user's factors are computed once ({@link RatingScorer}), and each pair costs one multiply-add
 * for each feature. A task holds the pairs of one user at a time.
 */
public final class Predictions {
    private static final StructType SCHEMA = new StructType()
            .add("user", DataTypes.StringType, false)
            .add("item", DataTypes.StringType, false)
            .add("prediction", DataTypes.DoubleType, false);

    private Predictions() {}

    /**
     * Returns one prediction for each pair, always inside the model's range. A user without a history gets
     * the mean plus the item's bias. An item that the model does not know counts as an item without ratings.
     *
     * @param histories the users' own ratings, on the model's range
     * @param pairs text columns {@code user} and {@code item}. A row with a null in either is absent, and a
     *     repeated row is predicted as often as it occurs.
     */
    public static Dataset<Row> of(
            SparkSession spark,
            RatingModel model,
            JavaPairRDD<String, UserHistory<RatedHistory>> histories,
            Dataset<Row> pairs) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<RatingScorer> scorer = context.broadcast(model.scorer());
        Broadcast<Catalogue> catalogue = context.broadcast(model.catalogue());
        JavaRDD<Row> rows = wanted(pairs)
                .cogroup(histories)
                .flatMap(entry ->
                        predicted(entry._1(), entry._2()._1(), entry._2()._2(), scorer.value(), catalogue.value()));
        return spark.createDataFrame(rows, SCHEMA);
    }

    private static JavaPairRDD<String, String> wanted(Dataset<Row> pairs) {
        return pairs.select("user", "item")
                .where(col("user").isNotNull().and(col("item").isNotNull()))
                .toJavaRDD()
                .mapToPair(row -> new Tuple2<>(row.getString(0), row.getString(1)));
    }

    /**
     * Returns the histories of exactly the users whom a pair names.
     *
     * @param histories as for {@link #of}
     * @param pairs as for {@link #of}
     */
    public static JavaPairRDD<String, UserHistory<RatedHistory>> histories(
            RatingModel model, JavaPairRDD<String, UserHistory<RatedHistory>> histories, Dataset<Row> pairs) {
        return BatchLists.only(wanted(pairs).keys(), histories, UserHistory.empty(model.historyForm()));
    }

    private static Iterator<Row> predicted(
            String user,
            Iterable<String> wanted,
            Iterable<UserHistory<RatedHistory>> histories,
            RatingScorer scorer,
            Catalogue catalogue) {
        List<String> ids = new ArrayList<>();
        wanted.forEach(ids::add);
        Iterator<UserHistory<RatedHistory>> known = histories.iterator();
        RatedHistory own = known.hasNext() ? known.next().counted() : RatedHistory.EMPTY;
        double[] predictions = ids.isEmpty()
                ? new double[0]
                : scorer.predict(own, ids.stream().mapToInt(catalogue::indexOf).toArray());
        return IntStream.range(0, ids.size())
                .mapToObj(at -> RowFactory.create(user, ids.get(at), predictions[at]))
                .iterator();
    }
}
