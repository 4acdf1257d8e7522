package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.BudgetException;
import discreet.InputException;
import discreet.privacy.Budget;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs several drivers on one ledger, each with connections of its own. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ConcurrencyTest {

    private final TestDatabase database;

    @TempDir
    private Path folder;

    ConcurrencyTest(TestDatabase database) {
        this.database = database;
    }

    @RepeatedTest(3)
    void reserve_twoDriversForTheLastBudget_oneFitsAndOneIsRefused() throws Exception {
        TestLedger test = database.in(folder, 1);
        List<Boolean> fitted = together(2, driver -> {
            try {
                TestLedger.releaseAll(test.population().reserve(TestLedger.plan("driver" + driver, 1)));
                return true;
            } catch (BudgetException e) {
                return false;
            }
        });
        assertThat(fitted).containsExactlyInAnyOrder(true, false);
        assertThat(test.population().status().releases()).isEqualTo(1);
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void release_manyDrivers_waitForEachOtherAndTheChainHolds() throws Exception {
        TestLedger test = database.in(folder, 20);
        together(6, driver -> {
            TestLedger.releaseAll(test.population().reserve(TestLedger.plan("driver" + driver, 1)));
            return true;
        });
        assertThat(test.population().verify()).isEqualTo(Verification.intact(1 + 6 * 9));
        assertThat(test.population().status().charged().rho())
                .isEqualTo(TestLedger.plan("x", 1).price().rho().times(6));
    }

    @RepeatedTest(3)
    void release_driversUnderOneId_getTheSameValues() throws Exception {
        TestLedger test = database.in(folder, 20);
        List<ChargedRelease> releases = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            releases.add(test.population().reserve(TestLedger.plan("r", 1)));
        }
        List<long[]> values = together(
                3, driver -> TestLedger.release(releases.get(driver), "gram").values());
        assertThat(values).allSatisfy(value -> assertThat(value).isEqualTo(values.get(0)));
        assertThat(test.population().verify().ok()).isTrue();
        assertThat(test.files()).hasSize(1);
    }

    @Test
    void openPopulation_manyAtOnceInAnEmptyDatabase_makeTheTablesOnceAndEachPopulationOnce() throws Exception {
        TestLedger test = database.in(folder);
        List<Boolean> opened = together(16, driver -> {
            Budget cap = new Budget(1, TestLedger.DELTA);
            String name = "people" + driver / 2;
            try {
                test.ledger()
                        .openPopulation(
                                name, cap, folder.resolve("store" + driver).toUri());
                return true;
            } catch (InputException e) {
                assertThat(e).hasMessageContaining("it was opened before");
                return false;
            }
        });
        assertThat(opened).filteredOn(fitted -> fitted).hasSize(8);
        assertThat(test.ledger().populations())
                .hasSize(8)
                .allMatch(one -> one.verify().ok());
    }

    /** Waits for a signal on stdin, runs one release and prints its outcome. */
    static final class Program {
        public static void main(String[] args) throws IOException {
            Population population =
                    new TestLedger(TestDatabase.valueOf(args[0]), args[1], Path.of(args[2])).population();
            ReleasePlan plan = TestLedger.plan("driver" + args[3], 1);
            System.out.println("ready");
            if (System.in.read() < 0) {
                return;
            }
            try {
                TestLedger.releaseAll(population.reserve(plan));
                System.out.println("released");
            } catch (BudgetException e) {
                System.out.println("refused");
            }
        }
    }

    @Tag("slow")
    @Test
    void release_sixteenProcesses_fitAsFarAsTheCapAllowsAndTheChainHolds() throws Exception {
        int processes = 16;
        int room = 12;
        ReleasePlan plan = TestLedger.plan("x", 1);
        double cap = plan.price().rho().times(room).epsilon(TestLedger.cap(1).deltaForNoise());
        TestLedger test = database.in(folder, cap);
        List<Process> running = new ArrayList<>();
        List<BufferedReader> outputs = new ArrayList<>();
        try {
            for (int i = 0; i < processes; i++) {
                Process process = TestProcess.builder(
                                Program.class, database.name(), test.url(), folder.toString(), Integer.toString(i))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                running.add(process);
                outputs.add(process.inputReader());
            }
            for (BufferedReader output : outputs) {
                assertThat(output.readLine()).isEqualTo("ready");
            }
            for (Process process : running) {
                process.getOutputStream().write('\n');
                process.getOutputStream().flush();
            }
            List<String> results = new ArrayList<>();
            for (BufferedReader output : outputs) {
                results.add(output.readLine());
            }
            assertThat(results).filteredOn("released"::equals).hasSize(room);
            assertThat(results).filteredOn("refused"::equals).hasSize(processes - room);
        } finally {
            running.forEach(Process::destroyForcibly);
        }
        assertThat(test.population().verify()).isEqualTo(Verification.intact(1 + room * 9));
        assertThat(test.population().status().charged().rho())
                .isEqualTo(plan.price().rho().times(room));
    }

    @FunctionalInterface
    private interface Driver<T> {
        T run(int driver) throws Exception;
    }

    private static <T> List<T> together(int drivers, Driver<T> driver) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(drivers);
        try {
            CyclicBarrier start = new CyclicBarrier(drivers);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < drivers; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    start.await();
                    return driver.run(number);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : running) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }
}
