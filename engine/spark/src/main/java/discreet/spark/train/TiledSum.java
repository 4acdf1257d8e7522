package discreet.spark.train;

import discreet.statistics.UserAggregator;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Computes an exact sum over users and brings it to the driver.
 *
 * <p>Each task adds up its users in one array, cuts the array into tiles and sends these. Tiles are reduced
 * by their number and collected. Spark replaces the output of a lost task, so a task that runs twice counts
 * once. With accumulators it would count twice. The sum modulo 2^64 is associative and commutative, so the
 * result has the same bits for every partitioning of the users. No data is cached or checkpointed, so no
 * further copy of an exact sum stays behind. Shuffle files lie in Spark's local folders, inside the
 * operator's boundary, until the application ends.
 *
 * <p><b>Cost.</b> A task holds one array of the sum's length. There are at most as many tasks as cores, and
 * that length times the number of tasks goes between machines.
 */
public final class TiledSum {
    private static final int TILE = 1 << 16;

    private TiledSum() {}

    /** Returns the sum over these users, of the length of the aggregator. */
    public static <P> long[] over(JavaRDD<P> people, UserAggregator<P> aggregator) {
        int tasks =
                Math.max(1, Math.min(people.getNumPartitions(), people.context().defaultParallelism()));
        JavaPairRDD<Integer, long[]> tiles = people.coalesce(tasks)
                .mapPartitionsToPair(partition -> tiles(sum(partition, aggregator)))
                .reduceByKey(TiledSum::add, tasks);
        long[] result = new long[aggregator.length()];
        for (Tuple2<Integer, long[]> tile : tiles.collect()) {
            System.arraycopy(tile._2(), 0, result, tile._1() * TILE, tile._2().length);
        }
        return result;
    }

    private static <P> long[] sum(Iterator<P> people, UserAggregator<P> aggregator) {
        UserAggregator.Partial<P> partial = aggregator.start();
        while (people.hasNext()) {
            partial.add(people.next());
        }
        return partial.sums();
    }

    private static Iterator<Tuple2<Integer, long[]>> tiles(long[] sums) {
        return IntStream.range(0, (sums.length + TILE - 1) / TILE)
                .mapToObj(tile -> new Tuple2<>(
                        tile, Arrays.copyOfRange(sums, tile * TILE, Math.min(sums.length, (tile + 1) * TILE))))
                .iterator();
    }

    private static long[] add(long[] sum, long[] tile) {
        for (int at = 0; at < sum.length; at++) {
            sum[at] += tile[at];
        }
        return sum;
    }
}
