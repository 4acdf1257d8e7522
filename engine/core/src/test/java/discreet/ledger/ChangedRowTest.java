package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.RunException;
import discreet.ledger.ProtocolListener.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes rows by hand that a program has checked already, while the program goes on. */
class ChangedRowTest {
    private static final ReleasePlan PLAN = TestLedger.plan("r", 1);
    private static final String DRAW = " WHERE kind = 'DRAW' AND vector = 'people'";

    @TempDir
    private Path folder;

    private TestLedger test;

    @BeforeEach
    void openWithoutGuards() throws IOException {
        test = TestDatabase.SQLITE.in(folder, 50);
        test.sql("DROP TRIGGER entry_no_update", "DROP TRIGGER entry_no_delete");
    }

    /** One draw was not sealed. Without its DRAW row, the vector seems to be paid for and not drawn. */
    @ParameterizedTest
    @ValueSource(strings = {"DELETE FROM entry", "UPDATE entry SET vector = 'other'"})
    void release_drawRowThatWasCheckedIsChanged_drawsNothing(String change) {
        AtomicBoolean fails = new AtomicBoolean(true);
        Population population = test.population(step -> {
            if (step == Step.DRAWN && fails.get()) {
                throw new IllegalStateException("drawn");
            }
        });
        ChargedRelease release = population.reserve(PLAN);
        assertThatThrownBy(() -> TestLedger.release(release, "people")).hasMessage("drawn");
        fails.set(false);
        TestLedger.release(release, "items"); // rows after it, until its mark is gone from the store
        TestLedger.release(release, "gram");
        assertThat(population.problem()).isEmpty();
        fails.set(true);
        test.sql(change + DRAW);
        int rows = test.kinds("r").size();

        assertThatThrownBy(() -> TestLedger.release(population.reserve(PLAN), "people"))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("would not fit its chain");
        assertThat(test.kinds("r")).hasSize(rows);
    }

    /** A broken budget can still be ended. */
    @Test
    void close_headWasEdited_closes() {
        Population population = test.population();
        TestLedger.releaseAll(population.reserve(PLAN));
        test.sql("UPDATE population SET head = '" + "0".repeat(64) + "'");

        population.close();

        assertThat(test.population().status().closed()).isTrue();
        assertThat(test.population().verify().ok()).isFalse();
    }
}
