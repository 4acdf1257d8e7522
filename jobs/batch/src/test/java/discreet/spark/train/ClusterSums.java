package discreet.spark.train;

import discreet.catalogue.CatalogueReader;
import discreet.history.RatingColumns;
import discreet.history.RowRules;
import discreet.natives.NativeLibrary;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.RatingsReader;
import discreet.statistics.GramSum;
import discreet.statistics.Head;
import discreet.statistics.ItemSum;
import discreet.statistics.RowScale;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/**
 * A program for a cluster that prints digests of exact sums, which the product never does. The ratings are
 * invented, so that nobody's leave the boundary.
 */
public final class ClusterSums {
    /** The job group of the Gram sum. */
    public static final String GRAM = "gram";

    private ClusterSums() {}

    /**
     * @param arguments ratings and items; with a third one a task loads the native library, as none should
     */
    public static void main(String[] arguments) throws IOException {
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            of(spark, arguments[0], arguments[1]).forEach(System.out::println);
            if (arguments.length > 2) {
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                        .parallelize(List.of(1), 1)
                        .foreach(any -> NativeLibrary.load());
            }
        }
    }

    /**
     * Digests of the item sum and of the Gram sum, through histories and tiles as in a training; and the
     * number of people by an accumulator of Spark's, the broken twin: it counts a person again whose task is
     * run again.
     */
    public static List<String> of(SparkSession spark, String ratings, String items) {
        Histories histories = Histories.of(
                RatingsReader.read(spark, ratings, RatingColumns.DEFAULT),
                RatingColumns.DEFAULT,
                CatalogueReader.read(items, "item"),
                RowRules.DEFAULT);
        int size = histories.catalogue().size();
        String itemSum = digest(TiledSum.over(histories.rows(), new ItemSum(size)));
        double[] statistic =
                IntStream.range(0, size).mapToDouble(item -> 100.0 / (1 + item)).toArray();
        GramSum<int[]> gram = GramSum.ranking(Head.choose(statistic, 5000, .05, size), new RowScale(19));
        spark.sparkContext().setJobGroup(GRAM, GRAM, false);
        LongAccumulator people = spark.sparkContext().longAccumulator();
        String gramSum = digest(gram.finish(TiledSum.over(
                histories.rows().map(person -> {
                    people.add(1);
                    return person;
                }),
                gram)));
        return List.of(itemSum, gramSum, Long.toString(people.value()));
    }

    private static String digest(long[] sums) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * sums.length);
        bytes.asLongBuffer().put(sums);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
