package discreet.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.spark.SparkTest;
import discreet.spark.ratings.Histories;
import discreet.statistics.GramSum;
import discreet.statistics.Head;
import discreet.statistics.ItemSum;
import discreet.statistics.RowScale;
import discreet.statistics.UserAggregator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sums where tasks fail and are tried again, on the shared session ({@code local[2,4]}, where a task may fail
 * three times), and sums on one and on two cores. The latter run one after the other in a process of their
 * own, because a JVM has one Spark at a time.
 */
@Tag("slow")
class RetriedSumTest extends SparkTest {
    private static final int ITEMS = 400;
    private static final List<String> MASTERS = List.of("local[1]", "local[2]");
    private static final int[][] PEOPLE = UserData.random(200, ITEMS, new Random(31));

    @TempDir
    private Path folder;

    /** Fails, the first two times that a task tries, when part of the work is done and when all of it is. */
    private record Failing(UserAggregator<int[]> aggregator, String marks) implements UserAggregator<int[]> {
        @Override
        public int length() {
            return aggregator.length();
        }

        @Override
        public Partial<int[]> start() {
            Partial<int[]> partial = aggregator.start();
            return new Partial<>() {
                private int people;

                @Override
                public void add(int[] history) {
                    partial.add(history);
                    if (++people == 20) {
                        failAt(0);
                    }
                }

                @Override
                public long[] sums() {
                    failAt(1);
                    return partial.sums();
                }
            };
        }

        private void failAt(int attempt) {
            TaskContext task = TaskContext.get();
            if (task.attemptNumber() == attempt) {
                try {
                    Files.createFile(Path.of(marks, "failed-" + attempt + "-" + task.partitionId()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                throw new IllegalStateException("injected");
            }
        }
    }

    private static GramSum<int[]> gram() {
        double[] statistic = IntStream.range(0, ITEMS)
                .mapToDouble(item -> 500.0 / (2 + item))
                .toArray();
        return GramSum.ranking(Head.choose(statistic, 5000, .05, 380), new RowScale(19));
    }

    static final class Program {
        public static void main(String[] args) throws IOException {
            for (String master : MASTERS) {
                try (SparkSession spark = SparkSession.builder()
                        .master(master)
                        .appName("sums")
                        .config("spark.ui.enabled", false)
                        .config("spark.driver.host", "localhost")
                        .config("spark.driver.bindAddress", "127.0.0.1")
                        .config("spark.sql.shuffle.partitions", 3)
                        .config("spark.sql.adaptive.coalescePartitions.enabled", false)
                        .getOrCreate()) {
                    write(Files.createDirectory(Path.of(args[0], master)), spark, false);
                }
            }
        }
    }

    private static void write(Path folder, SparkSession spark, boolean failing) throws IOException {
        Histories histories = UserData.histories(UserData.ratings(spark, UserData.rows(PEOPLE)), ITEMS);
        write(folder, "items", histories, new ItemSum(ITEMS), failing);
        write(folder, "gram", histories, gram(), failing);
    }

    private static void write(
            Path folder, String name, Histories histories, UserAggregator<int[]> aggregator, boolean failing)
            throws IOException {
        Path marks = Files.createDirectory(folder.resolve(name));
        UserAggregator<int[]> summed = failing ? new Failing(aggregator, marks.toString()) : aggregator;
        long[] sums = TiledSum.over(histories.rows(), summed);
        Files.write(
                folder.resolve(name + ".txt"),
                LongStream.of(sums).mapToObj(Long::toString).toList());
    }

    @Test
    void over_tasksThatFailWithPartOrAllOfTheWorkDone_equalsTheLoop() throws Exception {
        SparkSession spark = spark().newSession();
        spark.conf().set("spark.sql.adaptive.coalescePartitions.enabled", false);

        write(folder, spark, true);

        for (String name : List.of("items", "gram")) {
            String[] failures = folder.resolve(name).toFile().list();
            assertThat(failures).anyMatch(mark -> mark.startsWith("failed-0-"));
            assertThat(failures).anyMatch(mark -> mark.startsWith("failed-1-"));
        }
        assertSums(folder);
    }

    @Test
    void over_oneOrTwoCores_equalsTheLoop() throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Program.class.getName(), folder.toString()));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();

        for (String master : MASTERS) {
            assertSums(folder.resolve(master));
        }
    }

    private void assertSums(Path folder) throws IOException {
        assertSums(folder, "items", new ItemSum(ITEMS));
        assertSums(folder, "gram", gram());
    }

    private void assertSums(Path folder, String name, UserAggregator<int[]> aggregator) throws IOException {
        UserAggregator.Partial<int[]> partial = aggregator.start();
        for (int[] person : PEOPLE) {
            partial.add(person);
        }
        assertThat(Files.readAllLines(folder.resolve(name + ".txt")).stream().mapToLong(Long::parseLong))
                .containsExactly(LongStream.of(partial.sums()).boxed().toArray(Long[]::new));
    }
}
