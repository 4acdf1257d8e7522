package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.RunException;
import discreet.ledger.ProtocolListener.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the marks of a store, and two copies of a ledger that use one store. */
class StoreMarkTest {
    private static final ReleasePlan PLAN = TestLedger.plan("r", 1);

    @TempDir
    private Path folder;

    private TestLedger test;

    @BeforeEach
    void openWithANamedStore() throws IOException {
        test = TestDatabase.SQLITE.in(Files.createDirectory(folder.resolve("one")));
        test.ledger()
                .openPopulation(
                        TestLedger.POPULATION, TestLedger.cap(50), test.store().toUri());
    }

    /** Copies the ledger's file, which names the same store. */
    private Population copy(ProtocolListener listener) throws IOException {
        Path file = folder.resolve("two.db");
        Files.copy(test.file(), file);
        return new SqlLedger(new SqliteDialect(Ledger.sqliteUrl(file)), listener).population(TestLedger.POPULATION);
    }

    private List<Long> marked() {
        return test.marks().stream().map(StoreMark::seq).toList();
    }

    @Test
    void marks_afterEachTransaction_areTheFirstRowTheLastAndThoseJustBefore() {
        assertThat(marked()).containsExactly(1L);
        ChargedRelease release = test.population().reserve(PLAN);
        assertThat(marked()).containsExactly(1L, 4L);
        TestLedger.releaseAll(release);
        assertThat(marked()).containsExactly(1L, 8L, 9L, 10L);
        assertThat(test.marks().get(3).hash()).isEqualTo(release.chainHead());
        test.population().drop("r");
        assertThat(marked()).containsExactly(1L, 10L, 13L);
        test.population().close();
        assertThat(marked()).containsExactly(1L, 13L, 14L);
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void openPopulation_twiceAlike_hasTwoChains() throws IOException {
        TestLedger other = TestDatabase.SQLITE.in(Files.createDirectory(folder.resolve("other")), 50);

        assertThat(other.marks()).isNotEqualTo(test.marks());
    }

    @Test
    void openPopulation_storeOfAnotherLedger_isRefused() throws IOException {
        TestLedger other = TestDatabase.SQLITE.in(Files.createDirectory(folder.resolve("other")));

        assertThatThrownBy(() -> other.ledger()
                        .openPopulation(
                                TestLedger.POPULATION,
                                TestLedger.cap(50),
                                test.store().toUri()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not empty");
    }

    /** Copied before the first charge, so that the two differ in nothing. */
    @Test
    void reserve_byTheSecondOfTwoCopies_isRefused() throws IOException {
        Population copy = copy(ProtocolListener.NONE);
        TestLedger.releaseAll(test.population().reserve(PLAN));

        assertThat(copy.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("an old copy"));
        assertThatThrownBy(() -> copy.reserve(PLAN))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("an old copy");
        assertThat(copy.verify().ok()).isFalse();
        assertThat(test.population().verify().ok()).isTrue();
    }

    /** The copy charges after this ledger has committed, and before it has marked the store. */
    @Test
    void release_byTwoCopiesThatChargeAtOnce_drawsNothing() throws IOException {
        Population copy = copy(ProtocolListener.NONE);
        List<ChargedRelease> releases = new ArrayList<>();
        releases.add(test.population(step -> {
                    if (step == Step.CHARGED) {
                        releases.add(copy.reserve(PLAN, Instant.EPOCH)); // at another time, so in another row
                    }
                })
                .reserve(PLAN));

        assertThat(releases).hasSize(2);
        for (ChargedRelease release : releases) {
            assertThatThrownBy(() -> TestLedger.release(release, "people"))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("an old copy");
        }
        assertThat(test.files()).isEmpty();
        assertThat(test.kinds("r")).hasSize(3);
    }

    /** Copied when the vectors were paid for. Both commit DRAW before either knows of the other. */
    @Test
    void release_byTwoCopiesThatDrawAtOnce_drawsOnce() throws IOException {
        test.population().reserve(PLAN);
        Population copy = copy(ProtocolListener.NONE);
        Population slower = test.population(step -> {
            if (step == Step.DRAW_APPENDED) {
                TestLedger.release(copy.reserve(PLAN), "people");
            }
            if (step == Step.DRAWN) {
                throw new AssertionError("noise is drawn twice");
            }
        });

        assertThatThrownBy(() -> TestLedger.release(slower.reserve(PLAN), "people"))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("an old copy");
        assertThat(test.files()).hasSize(1);
    }

    @Test
    void reserve_markThatCannotBeWritten_isChargedAndARerunGoesOn() throws IOException {
        Path away = folder.resolve("away");
        Population population = test.population(step -> {
            if (step == Step.CHARGED) {
                move(test.store(), away);
            }
        });

        assertThatThrownBy(() -> population.reserve(PLAN))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("Check that the store is there");
        move(away, test.store());
        TestLedger.releaseAll(test.population().reserve(PLAN));

        assertThat(test.population().status().charged()).isEqualTo(PLAN.price());
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void close_storeThatIsLost_closesAllTheSame() throws IOException {
        move(test.store(), folder.resolve("away"));

        test.population().close();

        assertThat(test.population().status().closed()).isTrue();
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The mark is written before the rows are committed, so a kill between the two leaves it alone. */
    @Test
    void openPopulation_afterAnOpeningThatWasKilled_succeedsInTheDefaultStoreAlone() throws IOException {
        Path file = Files.createDirectory(folder.resolve("killed")).resolve("ledger.db");
        SqlLedger ledger = new SqlLedger(new SqliteDialect(Ledger.sqliteUrl(file)), step -> {});
        Path store = Path.of(new SqliteDialect(Ledger.sqliteUrl(file)).defaultStore("p"));
        Files.createDirectories(store);
        Files.writeString(store.resolve("head.1." + "0".repeat(64)), "");

        ledger.openPopulation("p", TestLedger.cap(50), null);

        assertThat(ledger.population("p").verify().ok()).isTrue();
        Path named = Files.createDirectory(folder.resolve("named"));
        Files.writeString(named.resolve("head.1." + "0".repeat(64)), "");
        assertThatThrownBy(() -> ledger.openPopulation("q", TestLedger.cap(50), named.toUri()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not empty");
    }
}
