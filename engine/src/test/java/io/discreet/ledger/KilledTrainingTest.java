package io.discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.discreet.ledger.Steps.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same as a process that is gone at once, with no handler run and nothing flushed. */
class KilledTrainingTest {

    @TempDir
    private Path folder;

    static final class Program {
        public static void main(String[] args) {
            TestLedger test = TestLedger.in(Path.of(args[0]));
            Step last = Step.valueOf(args[1]);
            Training training = test.population(step -> {
                        if (step == last) {
                            Runtime.getRuntime().halt(77);
                        }
                    })
                    .reserve(TestLedger.plan("r", 1));
            TestLedger.releaseAll(training);
        }
    }

    @ParameterizedTest
    @CsvSource({"RESERVED, 1, 0", "DRAWN, 2, 0", "SYNCED, 2, 0", "SEALED, 1, 1"})
    void rerun_afterAKill_chargesAsTheStepSays(Step step, int attempts, int files) throws Exception {
        TestLedger test = TestLedger.in(folder, 5);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        folder.toString(),
                        step.name()))
                .inheritIO()
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(77);

        Training rerun = test.population().reserve(TestLedger.plan("r", 1));

        assertThat(test.files()).hasSize(files);
        assertThat(test.population().releases().get(0).vectors().get(0).attempts())
                .isEqualTo(attempts);
        TestLedger.releaseAll(rerun);
        assertThat(test.population().verify().ok()).isTrue();
    }
}
