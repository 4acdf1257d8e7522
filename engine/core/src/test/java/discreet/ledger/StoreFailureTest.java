package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import discreet.DiscreetException;
import discreet.RunException;
import discreet.ledger.ProtocolListener.Step;
import discreet.privacy.PrivacyCost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests full disks, stores that vanish and ledgers that may not be written to. Only budget is lost, and only
 * if it must be.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class StoreFailureTest {

    private static final ReleasePlan PLAN = TestLedger.plan("r", 1);

    private final TestDatabase database;

    @TempDir
    private Path folder;

    StoreFailureTest(TestDatabase database) {
        this.database = database;
    }

    /**
     * Runs a release. Once it has loaded its libraries, its files may have so many bytes at most, as on a
     * disk with so much left.
     */
    static final class Program {
        public static void main(String[] args) throws Exception {
            TestLedger test = new TestLedger(TestDatabase.valueOf(args[0]), args[1], Path.of(args[2]));
            try {
                Population population = test.population();
                population.status();
                if (!args[3].isEmpty()) {
                    TestLedger.noiseIsLoaded();
                    String self = Long.toString(ProcessHandle.current().pid());
                    new ProcessBuilder("prlimit", "--pid", self, "--fsize=" + args[3])
                            .inheritIO()
                            .start()
                            .waitFor();
                }
                ChargedRelease release = population.reserve(PLAN);
                TestLedger.release(release, "people");
                release.release("items", TestLedger.SENSITIVITY, "{}", () -> Exact.of(new long[100_000]));
                System.out.println("released");
            } catch (DiscreetException e) {
                System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
            }
        }
    }

    /** Returns what a release prints in a process that this prefix restrains. */
    private String said(TestLedger test, List<String> prefix, String limit) throws IOException {
        ProcessBuilder builder =
                TestProcess.builder(Program.class, database.name(), test.url(), folder.toString(), limit);
        List<String> command = new ArrayList<>(prefix);
        command.addAll(builder.command());
        Process process = builder.command(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return String.join("\n", process.inputReader().lines().toList());
    }

    /** Leaves room for the ledger and for `people`, but not for the 800,000 bytes of `items`. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void release_diskFull_failsBeforeDrawingAndCostsNothing() throws IOException {
        TestLedger test = database.in(folder, 1);
        assertThat(said(test, List.of(), "500000"))
                .startsWith("RunException Cannot write ")
                .contains("disk is not full");
        assertThat(test.kinds("r"))
                .containsExactly(
                        "RESERVE people 1", "RESERVE items 1", "RESERVE gram 1", "DRAW people 1", "SEAL people 1");
        assertThat(test.files().keySet()).containsExactly("r.people.1.sealed");

        TestLedger.releaseAll(test.population().reserve(PLAN));

        assertThat(test.population().status().charged()).isEqualTo(PLAN.price());
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void reserve_diskOfTheLedgerFull_saysSoAndNothingIsCharged() throws IOException {
        assumeTrue(database == TestDatabase.SQLITE, "the server's disk is not ours");
        TestLedger test = database.in(folder, 1);
        assertThat(said(test, List.of(), "4096"))
                .startsWith("RunException Cannot use the ledger ")
                .contains("its disk is full");
        assertThat(test.population().status().charged()).isEqualTo(PrivacyCost.NOTHING);
        assertThat(test.population().verify()).isEqualTo(Verification.intact(1));
    }

    @Test
    void release_storeGoneBeforeDrawing_failsAndCostsNothing() {
        TestLedger test = database.in(folder, 1);
        Population population = test.population(move(Step.AGGREGATED, test.store(), folder.resolve("away")));
        assertThatThrownBy(() -> TestLedger.release(population.reserve(PLAN), "people"))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("Check that the store is there");
        assertThat(test.kinds("r")).hasSize(3);
        assertThatThrownBy(() -> test.population().reserve(PLAN))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("Put it back");

        move(folder.resolve("away"), test.store());
        TestLedger.releaseAll(test.population().reserve(PLAN));
        assertThat(test.population().status().charged()).isEqualTo(PLAN.price());
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void release_storeGoneAfterDrawing_failsAndTheRerunPaysAgain() {
        TestLedger test = database.in(folder, 5);
        Population population = test.population(move(Step.NOISED, test.store(), folder.resolve("away")));
        assertThatThrownBy(() -> TestLedger.release(population.reserve(PLAN), "people"))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("Check that the store is there");

        move(folder.resolve("away"), test.store());
        TestLedger.releaseAll(test.population().reserve(PLAN));
        assertThat(test.population().status().charged())
                .isEqualTo(PLAN.price().plus(PLAN.vector("people").price()));
        assertThat(test.population().verify().ok()).isTrue();
        assertThat(test.files()).hasSize(3);
    }

    /**
     * The other driver has gone on to another attempt, or sealed it. The disk is then not to blame for a file
     * that cannot be written.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void release_takenOverAndItsFileCannotBeWritten_saysSo(boolean sealed) {
        TestLedger test = database.in(folder, 5);
        Population population = test.population(step -> {
            if (step == Step.NOISED) {
                ChargedRelease other = test.population().reserve(PLAN);
                if (sealed) {
                    TestLedger.release(other, "people");
                }
                move(test.store(), folder.resolve("away"));
            }
        });
        assertThatThrownBy(() -> TestLedger.release(population.reserve(PLAN), "people"))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("another run with this release id took over")
                .hasMessageNotContaining("disk");
        move(folder.resolve("away"), test.store());
        TestLedger.releaseAll(test.population().reserve(PLAN));
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void release_storeGoneBeforeSealing_isNotSealed() {
        TestLedger test = database.in(folder, 5);
        Population population = test.population(move(Step.SYNCED, test.store(), folder.resolve("away")));
        assertThatThrownBy(() -> TestLedger.release(population.reserve(PLAN), "people"))
                .isInstanceOf(RunException.class);
        assertThat(test.kinds("r")).doesNotContain("SEAL people 1");
        move(folder.resolve("away"), test.store());
        TestLedger.releaseAll(test.population().reserve(PLAN));
        assertThat(test.population().verify().ok()).isTrue();
        assertThat(test.files()).hasSize(3);
    }

    @Test
    void reserve_ledgerThatMayNotBeWrittenTo_saysSoAndNothingIsCharged() throws IOException {
        assumeTrue(database == TestDatabase.SQLITE, "PostgresTest covers PostgreSQL");
        TestLedger test = database.in(folder, 1);
        Files.setPosixFilePermissions(test.file(), PosixFilePermissions.fromString("r--r--r--"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assertThat(said(test, unprivileged(), ""))
                    .startsWith("InputException Cannot use the ledger ")
                    .contains("it may not be written to");
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(test.file(), PosixFilePermissions.fromString("rw-r--r--"));
        }
        assertThat(test.kinds("r")).isEmpty();
    }

    @Test
    void reserve_storeThatMayNotBeWrittenTo_saysSoAndNothingIsCharged() throws IOException {
        TestLedger test = database.in(folder, 1);
        Files.setPosixFilePermissions(test.store(), PosixFilePermissions.fromString("r-xr-xr-x"));
        assertThat(said(test, unprivileged(), "")).startsWith("RunException Cannot write to the store ");
        assertThat(test.kinds("r")).isEmpty();
    }

    /** Root may write anywhere, so it runs without its capabilities. */
    private static List<String> unprivileged() {
        return "root".equals(System.getProperty("user.name"))
                ? List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all")
                : List.of();
    }

    private static ProtocolListener move(Step step, Path from, Path to) {
        return passed -> {
            if (passed == step) {
                move(from, to);
            }
        };
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program that is killed during a probe leaves it behind. Probes of other releases are not touched. */
    @Test
    void reserve_probesLeftByAKill_areRemoved() throws IOException {
        TestLedger test = database.in(folder, 5);
        test.population().reserve(PLAN);
        test.population().reserve(TestLedger.plan("r.people", 1));
        Files.writeString(test.store().resolve(Store.probe("r", "gram")), "half");
        Path other = Files.writeString(test.store().resolve(Store.probe("r.people", "gram")), "half");
        test.population().reserve(PLAN);
        assertThat(test.files().keySet()).containsExactly(String.valueOf(other.getFileName()));
        assertThat(test.population().status().charged())
                .isEqualTo(PLAN.price().plus(TestLedger.plan("r.people", 1).price()))
                .isNotEqualTo(PrivacyCost.NOTHING);
    }
}
