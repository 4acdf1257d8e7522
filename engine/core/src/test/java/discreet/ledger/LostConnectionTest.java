package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.RunException;
import discreet.ledger.ProtocolListener.Step;
import discreet.ledger.TestProxy.Cut;
import discreet.privacy.PrivacyCost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Loses the PostgreSQL server in the middle of a release. */
class LostConnectionTest {

    private static final ReleasePlan PLAN = TestLedger.plan("r", 1);

    @TempDir
    private Path folder;

    private static Population through(TestProxy proxy, TestLedger test, ProtocolListener listener) {
        String url = test.url().replaceFirst(":[0-9]+/", ":" + proxy.port() + "/") + "&prepareThreshold=0";
        return new SqlLedger(new PostgresDialect(url), listener).population(TestLedger.POPULATION);
    }

    /** The commits of a release are reserve, then for each vector a look, draw, another look and seal. */
    @ParameterizedTest
    @CsvSource({
        "0, BEFORE_COMMIT, 1",
        "0, AFTER_COMMIT, 1",
        "2, BEFORE_COMMIT, 1",
        "2, AFTER_COMMIT, 2",
        "3, BEFORE_COMMIT, 2",
        "4, BEFORE_COMMIT, 2",
        "4, AFTER_COMMIT, 1"
    })
    void release_connectionLostInACommit_saysSoAndARerunPaysForWhatMayHaveBeenDrawn(int commits, Cut cut, int attempts)
            throws IOException {
        TestLedger test = TestDatabase.POSTGRESQL.in(folder, 5);
        try (TestProxy proxy = new TestProxy(TestPostgres.port(), cut)) {
            Population population = through(proxy, test, ProtocolListener.NONE);
            proxy.cutAfter(commits);
            assertThatThrownBy(() -> TestLedger.release(population.reserve(PLAN), "people"))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("the connection to it was lost")
                    .hasMessageNotContaining("user=")
                    .hasMessageNotContaining("currentSchema");
        }

        TestLedger.releaseAll(test.population().reserve(PLAN));

        assertThat(test.population().releases().get(0).vectors().get(0).attempts())
                .isEqualTo(attempts);
        PrivacyCost again =
                attempts == 1 ? PrivacyCost.NOTHING : PLAN.vector("people").price();
        assertThat(test.population().status().charged()).isEqualTo(PLAN.price().plus(again));
        assertThat(test.population().verify().ok()).isTrue();
        assertThat(test.files()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESERVED", "PROBED", "DRAWN", "SYNCED"})
    void release_serverGone_saysSoAndARerunPaysForWhatMayHaveBeenDrawn(Step step) throws IOException {
        TestLedger test = TestDatabase.POSTGRESQL.in(folder, 5);
        try (TestProxy proxy = new TestProxy(TestPostgres.port(), Cut.BEFORE_COMMIT)) {
            Population population = through(proxy, test, passed -> {
                if (passed == step) {
                    stop(proxy);
                }
            });
            assertThatThrownBy(() -> TestLedger.release(population.reserve(PLAN), "people"))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("the server cannot be reached");
        }
        TestLedger.releaseAll(test.population().reserve(PLAN));
        assertThat(test.population().releases().get(0).vectors().get(0).attempts())
                .isEqualTo(step.compareTo(Step.DRAWN) < 0 ? 1 : 2);
        assertThat(test.population().verify().ok()).isTrue();
        assertThat(test.files()).hasSize(3);
    }

    private static void stop(TestProxy proxy) {
        try {
            proxy.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void write_backendTerminatedInMidTransaction_saysSoAndNothingIsWritten() {
        TestLedger test = TestDatabase.POSTGRESQL.in(folder, 5);
        Database database = new Database(test.dialect());
        assertThatThrownBy(() -> database.write(() -> "", connection -> {
                    PopulationTransaction transaction =
                            PopulationTransaction.lock(connection, test.dialect(), TestLedger.POPULATION);
                    if (transaction == null) {
                        return "";
                    }
                    transaction.append(LedgerRow.Kind.CLOSE, "", "", 0, PrivacyCost.NOTHING, "{}");
                    TestPostgres.sql(
                            TestPostgres.url(),
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                    + " WHERE query LIKE 'UPDATE population%' AND state = 'idle in transaction'");
                    return transaction.head();
                }))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("the connection to it was lost");
        assertThat(test.population().status().closed()).isFalse();
        assertThat(test.population().verify()).isEqualTo(Verification.intact(1));
    }
}
