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
 * Pairs a second and core that the Gram sum takes in, rows included, beside the naive sum of dense outer products. At least 100
 * million pairs are asked for. A pair is two items of one person, whichever way they are summed: the naive twin goes
 * through all pairs of the head to take in the same ones.
 *
 * <p>To run it: {@code ./mvnw -pl engine test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath}, then, in
 * engine, {@code java -cp target/test-classes:target/classes:$(cat target/classpath) discreet.statistics.GramSumBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class GramSumBenchmark {
    private static final int PEOPLE = 500;
    private static final int HISTORY = 100;
    /** Dense outer products are slow: a few people are enough. */
    private static final int NAIVE_PEOPLE = 5;

    @Param({"600", "2000"})
    int headSize;

    private int[][] people = new int[0][];
    private GramSum<int[]>.Partial partial = GramSum.ranking(Head.choose(new double[1], 10, 1, 1), new RowScale(19))
            .start();
    private RowBuilder rows = new RowBuilder(Head.choose(new double[1], 10, 1, 1), new RowScale(19));
    private Head head = Head.choose(new double[1], 10, 1, 1);
    private long[] triangle = new long[0];

    /** What JMH prints beside operations: pairs of items taken in. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counted {
        public long pairs;

        @Setup(Level.Iteration)
        public void reset() {
            pairs = 0;
        }
    }

    /** Histories of 100 items of the head on average, popular ones more often than others. */
    @Setup
    public void setup() {
        Random random = new Random(1);
        double[] statistic = IntStream.range(0, headSize)
                .mapToDouble(item -> 3000.0 / Math.sqrt(5 + item))
                .toArray();
        double sum = Arrays.stream(statistic).sum();
        head = Head.choose(statistic, 1e9, .01, headSize);
        people = IntStream.range(0, PEOPLE)
                .mapToObj(person -> IntStream.range(0, headSize)
                        .filter(item -> random.nextDouble() < HISTORY * statistic[item] / sum)
                        .toArray())
                .toArray(int[][]::new);
        RowScale scale = new RowScale(19);
        rows = new RowBuilder(head, scale);
        partial = GramSum.ranking(head, scale).start();
        triangle = new long[PackedTriangle.length(headSize)];
    }

    private static long pairs(int[] person) {
        return (long) person.length * (person.length - 1) / 2;
    }

    @Benchmark
    public long[] fast(Counted counted) {
        for (int[] person : people) {
            partial.add(person);
            counted.pairs += pairs(person);
        }
        return partial.sums();
    }

    @Benchmark
    public long[] naive(Counted counted) {
        for (int person = 0; person < NAIVE_PEOPLE; person++) {
            long[] dense = GramSumTest.dense(head, rows.of(new RankingRows(head).of(people[person])));
            int at = 0;
            for (int i = 0; i < headSize; i++) {
                for (int j = i + 1; j < headSize; j++) {
                    triangle[at++] += dense[i] * dense[j];
                }
            }
            counted.pairs += pairs(people[person]);
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
