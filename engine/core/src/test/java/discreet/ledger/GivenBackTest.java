package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.RunException;
import discreet.ledger.LedgerRow.Kind;
import discreet.ledger.ReleaseStatus.State;
import discreet.ledger.ReleaseStatus.VectorStatus;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Releases that are stopped after their first vector. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class GivenBackTest {
    private static final ReleasePlan PLAN = TestLedger.plan("r", 1);
    private static final PrivacyCost PEOPLE = PLAN.vector("people").price();

    private final TestDatabase database;

    @TempDir
    private Path folder;

    private TestLedger test;

    GivenBackTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void openLedger() {
        test = database.in(folder, 1);
    }

    private PrivacyCost stopAfterPeople(ReleasePlan plan) {
        ChargedRelease release = test.population().reserve(plan);
        TestLedger.release(release, "people");
        return release.stop();
    }

    @Test
    void stop_afterTheFirstVector_givesBackTheOthersAndKeepsItsPrice() {
        PrivacyCost given = stopAfterPeople(PLAN);

        assertThat(given.plus(PEOPLE)).isEqualTo(PLAN.price());
        assertThat(test.population().status().charged()).isEqualTo(PEOPLE);
        ReleaseStatus stopped = test.population().releases().get(0);
        assertThat(stopped.isStopped()).isTrue();
        assertThat(stopped.isSealed()).isFalse();
        assertThat(stopped.charged()).isEqualTo(PEOPLE);
        assertThat(stopped.vectors())
                .extracting(VectorStatus::state)
                .containsExactly(State.SEALED, State.RETURNED, State.RETURNED);
        assertThat(stopped.vectors().get(2).charged()).isEqualTo(PrivacyCost.NOTHING);
        assertThat(test.population().verify().ok()).isTrue();
        assertThat(test.kinds("r"))
                .containsExactly(
                        "RESERVE people 1",
                        "RESERVE items 1",
                        "RESERVE gram 1",
                        "DRAW people 1",
                        "SEAL people 1",
                        "RETURN items 1",
                        "RETURN gram 1");
    }

    @Test
    void reserve_afterAStop_canSpendWhatWasGivenBack() {
        stopAfterPeople(PLAN);

        TestLedger.releaseAll(test.population().reserve(TestLedger.plan("again", .98)));

        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void reserve_sameIdAfterAStop_isRefusedAndChargesNothing() {
        stopAfterPeople(PLAN);
        PopulationStatus before = test.population().status();

        for (Runnable rerun : List.<Runnable>of(
                () -> test.population().reserve(PLAN), () -> test.population().check(PLAN))) {
            assertThatThrownBy(rerun::run)
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("it was stopped")
                    .hasMessageContaining("another release id");
        }
        assertThat(test.population().status()).isEqualTo(before);
    }

    @Test
    void stop_twice_givesBackOnce() {
        stopAfterPeople(PLAN);

        assertThat(test.population().giveBack(PLAN)).isEqualTo(PrivacyCost.NOTHING);
        assertThat(test.population().status().charged()).isEqualTo(PEOPLE);
    }

    /** A driver that is slower than the one that stops has reserved the same release and draws on. */
    @Test
    void release_byAnotherDriverAfterAStop_drawsNothing() {
        ChargedRelease slower = test.population().reserve(PLAN);
        stopAfterPeople(PLAN);

        assertThatThrownBy(() -> TestLedger.release(slower, "gram"))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("it was stopped");
        assertThat(test.kinds("r")).doesNotContain("DRAW gram 1");
    }

    @Test
    void stop_vectorThatAnotherDriverHasDrawn_staysCharged() {
        ChargedRelease other = test.population().reserve(PLAN);
        TestLedger.release(other, "items");

        PrivacyCost given = stopAfterPeople(PLAN);

        assertThat(given).isEqualTo(PLAN.vector("gram").price());
        assertThat(test.population().status().charged())
                .isEqualTo(PEOPLE.plus(PLAN.vector("items").price()));
        assertThat(test.population().verify().ok()).isTrue();
    }

    /** Of a vector drawn and then charged again, only the attempt that was never drawn is given back. */
    @Test
    void stop_vectorThatWasChargedAgain_givesBackTheLastAttemptOnly() throws IOException {
        TestLedger roomy = database.in(Files.createDirectory(folder.resolve("roomy")), 5);
        Population killed = roomy.population(StoppedReleaseTest.stopAt(ProtocolListener.Step.DRAWN, "items"));
        assertThatThrownBy(() -> TestLedger.releaseAll(killed.reserve(PLAN))).isInstanceOf(RuntimeException.class);

        ChargedRelease again = roomy.population().reserve(PLAN);
        PrivacyCost given = again.stop();

        PrivacyCost items = PLAN.vector("items").price();
        assertThat(given).isEqualTo(items.plus(PLAN.vector("gram").price()));
        assertThat(roomy.population().status().charged()).isEqualTo(PEOPLE.plus(items));
        assertThat(roomy.population().releases().get(0).charged()).isEqualTo(PEOPLE.plus(items));
        assertThat(roomy.population().verify().ok()).isTrue();
    }

    @Test
    void stop_onAHashRange_givesBackToItsUsersAlone() {
        HashRange some = HashRange.below("s", .3);
        HashRange others = HashRange.notBelow("s", .3);
        ReleasePlan onOthers =
                new ReleasePlan("o", "{}", others, TestLedger.plan("o", .9).vectors());
        TestLedger.releaseAll(test.population().reserve(onOthers));
        ReleasePlan onSome =
                new ReleasePlan("s", "{}", some, TestLedger.plan("s", .95).vectors());

        stopAfterPeople(onSome);

        assertThat(test.population().status().charged()).isEqualTo(onOthers.price());
        assertThat(test.population().chargedWith(some, PrivacyCost.NOTHING)).isEqualTo(onOthers.price());
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void stop_closedPopulation_stillGivesBack() {
        ChargedRelease release = test.population().reserve(PLAN);
        TestLedger.release(release, "people");
        test.population().close();

        release.stop();

        assertThat(test.population().status().charged()).isEqualTo(PEOPLE);
        assertThat(test.population().verify().ok()).isTrue();
    }

    /** The database itself refuses what the protocol forbids, no matter who appends. */
    @Test
    void append_againstTheProtocol_isRefusedByTheDatabase() {
        stopAfterPeople(PLAN);
        String body = PLAN.body();

        for (Kind kind : List.of(Kind.RESERVE, Kind.DRAW, Kind.RETURN)) {
            assertThatThrownBy(() -> append(kind, "gram", 1, PLAN.vector("gram").price(), body))
                    .as("%s of a vector that was given back", kind)
                    .isInstanceOf(RunException.class);
        }
        for (Kind kind : List.of(Kind.RESERVE, Kind.DRAW)) {
            assertThatThrownBy(() -> append(kind, "other", 1, PEOPLE, body))
                    .as("%s of another vector of a release that was stopped", kind)
                    .isInstanceOf(RunException.class);
        }
        assertThatThrownBy(() -> append(Kind.RETURN, "people", 1, PEOPLE, body))
                .as("a vector that was drawn")
                .isInstanceOf(RunException.class);
        assertThatThrownBy(() -> append(Kind.RETURN, "other", 1, PEOPLE, body))
                .as("a vector that was never charged")
                .isInstanceOf(RunException.class);
    }

    @Test
    void verify_moreGivenBackThanWasCharged_isFound() {
        ChargedRelease release = test.population().reserve(PLAN);
        TestLedger.release(release, "people");
        assertThatThrownBy(() ->
                        append(Kind.RETURN, "items", 1, PLAN.vector("gram").price(), PLAN.body()))
                .as("the database refuses it, too")
                .isInstanceOf(RunException.class);
        test.sql(database.dropTrigger("entry_append_only"));
        append(Kind.RETURN, "items", 1, PLAN.vector("gram").price(), PLAN.body());

        assertThat(test.population().verify().reason()).contains("something else than was charged");
    }

    @Test
    void verify_drawnVectorGivenBack_isFound() {
        TestLedger.releaseAll(test.population().reserve(PLAN));
        test.sql(database.dropTrigger("entry_append_only"));
        append(Kind.RETURN, "gram", 1, PLAN.vector("gram").price(), PLAN.body());

        assertThat(test.population().verify().reason()).contains("given back that may have been drawn");
    }

    private void append(Kind kind, String vector, int attempt, PrivacyCost price, String body) {
        Dialect dialect = test.dialect();
        new Database(dialect).write(() -> false, connection -> {
            PopulationTransaction transaction = PopulationTransaction.lock(connection, dialect, TestLedger.POPULATION);
            return transaction != null
                    && transaction
                                    .append(kind, "r", vector, attempt, price, body)
                                    .seq()
                            > 0;
        });
    }
}
