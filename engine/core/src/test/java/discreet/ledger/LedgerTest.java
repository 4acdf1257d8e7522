package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.Remedy;
import discreet.RunException;
import discreet.privacy.Budget;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {

    private static final Budget CAP = new Budget(2, 1e-5);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ledger.db",
                "jdbc:mysql://x",
                "jdbc:sqlite:",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:a.db?mode=ro",
                "jdbc:sqlite:file:a.db"
            })
    void open_otherUrl_isRefused(String url) {
        assertThatThrownBy(() -> Ledger.open(url))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("jdbc:sqlite:FILE");
    }

    @Test
    void population_noLedger_saysHowToOpenOneAndMakesNoFile() {
        TestLedger test = TestDatabase.SQLITE.in(folder);
        assertThatThrownBy(() -> test.ledger().population("eu"))
                .isInstanceOfSatisfying(
                        InputException.class,
                        error -> assertThat(error.remedy()).contains(Remedy.openPopulation("eu")))
                .hasMessageEndingWith("open the population.");
        assertThat(test.ledger().populations()).isEmpty();
        assertThat(test.file()).doesNotExist();
    }

    @Test
    void openPopulation_thenFoundByAnotherProgram_withItsCapAndAPrivateStore() throws Exception {
        TestLedger test = TestDatabase.SQLITE.in(folder);
        test.ledger().openPopulation("eu", CAP, null);
        test.ledger().openPopulation("a.us-2_x", new Budget(.3, 1e-9), null);

        assertThat(test.ledger().populations()).extracting(Population::name).containsExactly("a.us-2_x", "eu");
        assertThat(test.population().cap()).isEqualTo(CAP);
        assertThat(test.ledger().population("a.us-2_x").cap()).isEqualTo(new Budget(.3, 1e-9));
        assertThat(test.population().status().store()).isEqualTo(test.store().toUri());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(test.store())))
                .isEqualTo("rwx------");
    }

    @Test
    void openPopulation_twice_isRefusedBecauseBudgetsNeverReset() {
        TestLedger test = TestDatabase.SQLITE.in(folder, 2);
        assertThatThrownBy(() -> test.ledger().openPopulation("eu", new Budget(9, 1e-5), null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("opened before, with epsilon 2. Budgets never reset");
        assertThat(test.population().cap().epsilon()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EU", ".eu", "-eu", "e/u", "..", "e u", "é"})
    void openPopulation_badName_isRefusedAndMakesNoFile(String name) {
        TestLedger test = TestDatabase.SQLITE.in(folder);
        assertThatThrownBy(() -> test.ledger().openPopulation(name, CAP, null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("must match");
        assertThat(test.file()).doesNotExist();
    }

    @Test
    void openPopulation_nameOf65_isRefused() {
        TestLedger test = TestDatabase.SQLITE.in(folder);
        test.ledger().openPopulation("a".repeat(64), CAP, null);
        assertThatThrownBy(() -> test.ledger().openPopulation("a".repeat(65), CAP, null))
                .isInstanceOf(InputException.class);
    }

    @Test
    void openPopulation_ownStore_isUsedAndNotShared() {
        TestLedger test = TestDatabase.SQLITE.in(folder);
        URI store = folder.resolve("deep/er").toUri();
        test.ledger().openPopulation("eu", CAP, store);
        assertThat(Path.of(test.population().status().store())).isEqualTo(Path.of(store));
        assertThatThrownBy(() -> test.ledger().openPopulation("us", CAP, store))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("population 'eu' uses it");
        assertThat(test.ledger().populations()).hasSize(1);
    }

    @Test
    void openPopulation_storeThatIsNotEmpty_isRefused() throws Exception {
        TestLedger test = TestDatabase.SQLITE.in(folder);
        Files.createFile(Files.createDirectory(folder.resolve("full")).resolve("x"));
        assertThatThrownBy(() -> test.ledger()
                        .openPopulation("eu", CAP, folder.resolve("full").toUri()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not empty");
        assertThat(test.ledger().populations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invented://bucket/x",
                "http://localhost/x",
                "file://host/x",
                "s3a:bucket",
                "s3a://key:secret@bucket/x",
                "s3a://key:se/cret@bucket/x",
                "https://bucket/x?sig=secret",
                "hdfs://localhost"
            })
    void openPopulation_invalidStore_isRefusedWithoutItsSecrets(String store) {
        TestLedger test = TestDatabase.SQLITE.in(folder);
        assertThatThrownBy(() -> test.ledger().openPopulation("eu", CAP, URI.create(store)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("as a store: it")
                .hasMessageNotContaining("secret");
        assertThat(test.ledger().populations()).isEmpty();
    }

    @Test
    void openPopulation_ledgersFolderMissing_isRefused() {
        Ledger ledger = Ledger.open(Ledger.sqliteUrl(folder.resolve("none/ledger.db")));
        assertThatThrownBy(() -> ledger.openPopulation("eu", CAP, null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("folder exists");
    }

    @Test
    void populations_fileThatIsNoDatabase_isRefused() throws Exception {
        TestLedger test = TestDatabase.SQLITE.in(folder);
        Files.writeString(test.file(), "user,item,rating\n".repeat(100));
        assertThatThrownBy(() -> test.ledger().populations())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("it is not a ledger");
    }

    @Test
    void populations_newerVersion_isRefused() {
        TestLedger test = TestDatabase.SQLITE.in(folder, 2);
        test.sql("UPDATE ledger_schema SET version = 4");
        assertThatThrownBy(() -> test.ledger().populations())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("version 4");
    }

    @Test
    void status_writeAheadLogInUse_fallsBackToTheJournalThatLasts() {
        TestLedger test = TestDatabase.SQLITE.in(folder, 2);
        test.sql("PRAGMA journal_mode = WAL");
        assertThat(test.population().status().closed()).isFalse();
        assertThat(folder.resolve("test.db-wal")).doesNotExist();
    }

    @Test
    void reserve_storeGone_isRefusedAndNothingIsCharged() throws Exception {
        TestLedger test = TestDatabase.SQLITE.in(folder, 2);
        Files.move(test.store(), folder.resolve("away"));
        assertThatThrownBy(() -> test.population().reserve(TestLedger.plan("r", 1)))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("Cannot write to the store");
        assertThat(test.population().releases()).isEmpty();
    }
}
