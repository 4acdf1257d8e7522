package io.discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.discreet.ledger.Steps.Step;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The same as a process that is gone at once, with no handler run and nothing flushed. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class KilledTrainingTest {

    private final TestDatabase database;

    @TempDir
    private Path folder;

    KilledTrainingTest(TestDatabase database) {
        this.database = database;
    }

    static final class Program {
        public static void main(String[] args) {
            TestLedger test = new TestLedger(TestDatabase.valueOf(args[0]), args[1], Path.of(args[2]));
            Step last = Step.valueOf(args[3]);
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
    @CsvSource({"RESERVED, 1, 0", "PROBED, 1, 0", "DRAWN, 2, 0", "SYNCED, 2, 0", "SEALED, 1, 1"})
    void rerun_afterAKill_chargesAsTheStepSays(Step step, int attempts, int files) throws Exception {
        TestLedger test = database.in(folder, 5);
        Process process = TestProcess.builder(
                        Program.class, database.name(), test.url(), folder.toString(), step.name())
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
