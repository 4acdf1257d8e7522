package discreet.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.cli.Run;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@code discreet demo} as a process. {@code CommandBlocksTest} runs it on the bundled sample, as README
 * does.
 */
@Tag("slow")
class DemoTest {
    @Test
    void demo_smallSample_showsPeopleAndTheTable(@TempDir Path folder) throws Exception {
        new SampleService(SampleService.Options.of(1_000, 120, 1)).write(folder.resolve("data-samples"));

        Run run = Run.process(folder, List.of("-Ddiscreet.home=" + folder), "demo")
                .succeeds();

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("Person 1 liked", "Person 2 liked", "Person 3 liked", "and is recommended")
                .containsSubsequence(
                        "popularity, exact", "epsilon 1 ", "epsilon 5 ", "epsilon 20 ", "no privacy (EASE)")
                .contains("55 times in 100", "70.1 times in 100", "95 times in 100");
    }

    @Test
    void demo_withoutTheSample_saysWhatToDo(@TempDir Path folder) throws Exception {
        Run run = Run.process(folder, List.of("-Ddiscreet.home=" + folder), "demo")
                .failsWith(2);

        assertThat(run.err()).contains("ratings.parquet", "data-samples");
    }
}
