package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.ledger.ProtocolListener.Step;
import discreet.privacy.PrivacyCost;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Does the same as {@link StoppedReleaseTest} with a process that is gone at once, with no handler run and
 * nothing flushed.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@Tag("kills")
class KilledReleaseTest {

    private final TestDatabase database;

    @TempDir
    private Path folder;

    KilledReleaseTest(TestDatabase database) {
        this.database = database;
    }

    static final class Program {
        public static void main(String[] args) {
            TestLedger test = new TestLedger(TestDatabase.valueOf(args[0]), args[1], Path.of(args[2]));
            Step last = Step.valueOf(args[3]);
            ChargedRelease release = test.population(step -> {
                        if (step == last) {
                            Runtime.getRuntime().halt(77);
                        }
                    })
                    .reserve(Boolean.parseBoolean(args[4]) ? PLAN_WITH_KEYS : TestLedger.plan("r", 1));
            if (Boolean.parseBoolean(args[4])) {
                TestLedger.releaseKeys(
                        release, TestLedger.sumsByKey(40, 20)); // the first vector, killed in the middle of it
            } else {
                TestLedger.releaseAll(release);
            }
        }
    }

    private static final ReleasePlan PLAN_WITH_KEYS = TestLedger.planWithKeys("r", 1);

    @ParameterizedTest
    @CsvSource({
        "CHARGED, 1, 0",
        "RESERVED, 1, 0",
        "PROBED, 1, 0",
        "DRAW_APPENDED, 2, 0",
        "DRAWN, 2, 0",
        "SYNCED, 2, 0",
        "SEAL_APPENDED, 1, 1",
        "SEALED, 1, 1"
    })
    void rerun_afterAKill_chargesAsTheStepSays(Step step, int attempts, int files) throws Exception {
        TestLedger test = database.in(folder, 5);
        kill(test, step, false);

        ChargedRelease rerun = test.population().reserve(TestLedger.plan("r", 1));

        assertThat(test.files()).hasSize(files);
        assertThat(test.population().releases().get(0).vectors().get(0).attempts())
                .isEqualTo(attempts);
        TestLedger.releaseAll(rerun);
        assertThat(test.population().verify().ok()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "CHARGED, 1, 0",
        "RESERVED, 1, 0",
        "PROBED, 1, 0",
        "DRAW_APPENDED, 2, 0",
        "DRAWN, 2, 0",
        "SYNCED, 2, 0",
        "SEAL_APPENDED, 1, 1",
        "SEALED, 1, 1"
    })
    void rerun_afterAKillWithKeys_chargesRhoAndDeltaAsTheStepSays(Step step, int attempts, int files) throws Exception {
        TestLedger test = database.in(folder, 5);
        kill(test, step, true);

        ChargedRelease rerun = test.population().reserve(PLAN_WITH_KEYS);

        assertThat(test.files()).hasSize(files);
        PrivacyCost items = PLAN_WITH_KEYS.vector("items").price();
        PrivacyCost again = attempts == 2 ? items : PrivacyCost.NOTHING;
        assertThat(test.population().status().charged())
                .isEqualTo(PLAN_WITH_KEYS.price().plus(again));
        TestLedger.releaseAllWithKeys(rerun);
        assertThat(test.population().verify().ok()).isTrue();
    }

    private void kill(TestLedger test, Step step, boolean keys) throws Exception {
        Process process = TestProcess.builder(
                        Program.class,
                        database.name(),
                        test.url(),
                        folder.toString(),
                        step.name(),
                        Boolean.toString(keys))
                .inheritIO()
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(77);
    }
}
