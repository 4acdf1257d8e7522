package discreet.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.spark.SparkTest;
import discreet.statistics.UserAggregator;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiledSumTest extends SparkTest {
    private static final int TILE = 1 << 16;

    /** Every person moves a few entries anywhere in the sum, by values that pass 2^63 within a few people. */
    private record Scattered(int length) implements UserAggregator<int[]> {
        @Override
        public Partial<int[]> start() {
            long[] sums = new long[length];
            return new Partial<>() {
                @Override
                public void add(int[] history) {
                    for (int entry : history) {
                        sums[Math.floorMod(entry, sums.length)] += entry * 0x9E3779B97F4A7C15L;
                    }
                    sums[0]++;
                    sums[sums.length - 1] += Long.MAX_VALUE;
                }

                @Override
                public long[] sums() {
                    return sums;
                }
            };
        }
    }

    private static long[] naive(List<int[]> people, UserAggregator<int[]> aggregator) {
        UserAggregator.Partial<int[]> partial = aggregator.start();
        people.forEach(partial::add);
        return partial.sums();
    }

    private static JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(spark().sparkContext());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1, 7",
        "2, 2",
        "65535, 2",
        "65536, 1",
        "65536, 7",
        "65537, 2",
        "131071, 7",
        "131072, 2",
        "131073, 1",
        "131073, 7",
        "200000, 2"
    })
    void over_anyLengthAndPartitioning_equalsTheLoop(int length, int partitions) {
        Random random = new Random(length + partitions);
        List<int[]> people = Stream.generate(
                        () -> random.ints(random.nextInt(40)).toArray())
                .limit(100)
                .toList();

        long[] sum = TiledSum.over(context().parallelize(people, partitions), new Scattered(length));

        assertThat(sum).isEqualTo(naive(people, new Scattered(length)));
    }

    @Test
    void over_noPeople_isZero() {
        Scattered aggregator = new Scattered(2 * TILE + 1);
        assertThat(TiledSum.over(context().emptyRDD(), aggregator)).isEqualTo(new long[2 * TILE + 1]);
        assertThat(TiledSum.over(context().parallelize(List.<int[]>of(), 7), aggregator))
                .isEqualTo(new long[2 * TILE + 1]);
    }

    @Test
    void over_partitionsWithoutPeople_addNothing() {
        List<int[]> people = List.of(new int[] {3}, new int[] {TILE + 1});
        Scattered aggregator = new Scattered(TILE + 5);
        assertThat(TiledSum.over(context().parallelize(people, 20), aggregator)).isEqualTo(naive(people, aggregator));
    }

    @Test
    void over_twice_doesNotChangeWhatItReads() {
        int[] person = {1, 2, 3};
        List<int[]> people = List.of(person);
        Scattered aggregator = new Scattered(10);
        var rdd = context().parallelize(people, 1);
        long[] first = TiledSum.over(rdd, aggregator);
        assertThat(TiledSum.over(rdd, aggregator)).isEqualTo(first);
        assertThat(Arrays.equals(person, new int[] {1, 2, 3})).isTrue();
    }
}
