package discreet.statistics;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Measures the pairs per second and core that the Gram sum processes, rows included, beside the naive sum of
 * dense outer products. The target is at least 100 million pairs. A pair is two items of one user. The naive
 * twin goes through all pairs of the head to process the same ones.
 *
 * <p>Run it with
 *
 * <pre>
 * ./mvnw -pl engine/core test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * cd engine/core
 * java -cp target/test-classes:target/classes:$(cat target/classpath) discreet.statistics.GramSumBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class GramSumBenchmark {
    private static final int USERS = 500;
    private static final int HISTORY = 100;
    /** A few users suffice, because dense outer products are slow. */
    private static final int NAIVE_USERS = 5;

    @Param({"600", "2000"})
    int headSize;

    private int[][] users = new int[0][];
    private GramSum<int[]>.Partial partial = GramSum.ranking(Head.choose(new double[1], 10, 1, 1), new RowScale(19))
            .start();
    private RowBuilder rows = new RowBuilder(Head.choose(new double[1], 10, 1, 1), new RowScale(19));
    private Head head = Head.choose(new double[1], 10, 1, 1);
    private long[] triangle = new long[0];

    /** Counts the pairs of items processed, which JMH prints beside operations. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counted {
        public long pairs;

        @Setup(Level.Iteration)
        public void reset() {
            pairs = 0;
        }
    }

    /** Draws histories of 100 head items on average, popular ones more often than others. */
    @Setup
    public void setup() {
        Random random = new Random(1);
        double[] statistic = IntStream.range(0, headSize)
                .mapToDouble(item -> 3000.0 / Math.sqrt(5 + item))
                .toArray();
        double sum = Arrays.stream(statistic).sum();
        head = Head.choose(statistic, 1e9, .01, headSize);
        users = IntStream.range(0, USERS)
                .mapToObj(user -> IntStream.range(0, headSize)
                        .filter(item -> random.nextDouble() < HISTORY * statistic[item] / sum)
                        .toArray())
                .toArray(int[][]::new);
        RowScale scale = new RowScale(19);
        rows = new RowBuilder(head, scale);
        partial = GramSum.ranking(head, scale).start();
        triangle = new long[PackedTriangle.length(headSize)];
    }

    private static long pairs(int[] user) {
        return (long) user.length * (user.length - 1) / 2;
    }

    @Benchmark
    public long[] fast(Counted counted) {
        for (int[] user : users) {
            partial.add(user);
            counted.pairs += pairs(user);
        }
        return partial.sums();
    }

    @Benchmark
    public long[] naive(Counted counted) {
        for (int user = 0; user < NAIVE_USERS; user++) {
            long[] dense = GramSumTest.dense(head, rows.of(new RankingRows(head).of(users[user])));
            int at = 0;
            for (int i = 0; i < headSize; i++) {
                for (int j = i + 1; j < headSize; j++) {
                    triangle[at++] += dense[i] * dense[j];
                }
            }
            counted.pairs += pairs(users[user]);
        }
        return triangle;
    }

    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(GramSumBenchmark.class.getName())
                        .build())
                .run();
    }
}
