package io.discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.discreet.privacy.BudgetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Several drivers on one file, each with connections of its own. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ConcurrencyTest {

    @Parameter
    private TestDatabase database;

    @TempDir
    private Path folder;

    @RepeatedTest(5)
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

    @RepeatedTest(5)
    void release_driversUnderOneId_getTheSameValues() throws Exception {
        TestLedger test = database.in(folder, 20);
        List<Training> trainings = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            trainings.add(test.population().reserve(TestLedger.plan("r", 1)));
        }
        List<long[]> values = together(
                3, driver -> TestLedger.release(trainings.get(driver), "gram").values());
        assertThat(values).allSatisfy(value -> assertThat(value).isEqualTo(values.get(0)));
        assertThat(test.population().verify().ok()).isTrue();
        assertThat(test.files()).hasSize(1);
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
