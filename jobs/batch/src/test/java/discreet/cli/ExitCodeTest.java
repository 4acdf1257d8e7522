package discreet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets memory and folders of Spark run short in real processes. Exit codes are those of the contract. */
@Tag("slow")
class ExitCodeTest {
    /** One batch of this size holds all the long ids. */
    private static final String LARGE_BATCH = "-Dspark.sql.parquet.columnarReaderBatchSize=8192";

    @TempDir
    private static Path data;

    @TempDir
    private Path folder;

    @BeforeAll
    static void write() throws IOException {
        LongIds.ratings(data.resolve("ratings.parquet"));
        LongIds.items(data.resolve("items.csv"));
    }

    private List<String> train() throws IOException, InterruptedException {
        Run.process(folder, List.of(), "ledger", "open", "--population", "p", "--epsilon", "9", "--delta", "1e-5")
                .succeeds();
        return List.of(
                "train",
                "--ratings",
                data.resolve("ratings.parquet").toString(),
                "--items",
                data.resolve("items.csv").toString(),
                "--model",
                "model",
                "--population",
                "p",
                "--epsilon",
                "5");
    }

    private Run process(List<String> options) throws IOException, InterruptedException {
        return Run.process(folder, options, train().toArray(new String[0]));
    }

    @Test
    void train_oneAccountsIdsFillMemory_succeeds() throws IOException, InterruptedException {
        Run run = process(List.of()).succeeds();

        assertThat(run.out() + run.err()).doesNotContain("zqx");
    }

    @Test
    void train_memoryIsUsedUp_isCode1() throws IOException, InterruptedException {
        Run run = process(List.of(LARGE_BATCH)).failsWith(1);

        assertThat(run.err())
                .contains("Java's memory is used up", "Nothing was charged")
                .doesNotContain("zqx");
    }

    /** By default Spark ends a JVM of which a task used up the memory, with code 52. */
    @Test
    void train_sparkEndsTheProcess_isCode1() throws IOException, InterruptedException {
        Run run = process(List.of(LARGE_BATCH, "-Dspark.executor.killOnFatalError.depth=5"))
                .failsWith(1);

        assertThat(run.err()).doesNotContain("zqx");
    }

    @Test
    void train_foldersOfSparkCannotBeMade_isCode1() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("file"), "");
        ProcessBuilder builder = Run.builder(folder, List.of(), train().toArray(new String[0]));
        builder.environment().put("SPARK_LOCAL_DIRS", file.resolve("below").toString());

        Run run = Run.Started.by(builder).end().failsWith(1);

        assertThat(run.err()).contains("SPARK_LOCAL_DIRS", "discreet ledger show");
    }
}
