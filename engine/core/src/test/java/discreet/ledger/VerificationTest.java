package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.RunException;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rows are 1 OPEN, 2 to 4 RESERVE, then DRAW and SEAL of people (5, 6), items (7, 8) and gram (9, 10).
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class VerificationTest {

    private final TestDatabase database;

    @TempDir
    private Path folder;

    VerificationTest(TestDatabase database) {
        this.database = database;
    }

    private TestLedger test;

    @BeforeEach
    void releaseOnce() {
        test = database.in(folder, 2);
        TestLedger.releaseAll(test.population().reserve(TestLedger.plan("r", 1)));
    }

    @Test
    void verify_untouched_isIntact() {
        assertThat(test.population().verify()).isEqualTo(Verification.intact(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE entry SET rho_units = 1 WHERE seq = 2",
                "DELETE FROM entry WHERE seq = 10",
                "DELETE FROM entry",
                "INSERT OR REPLACE INTO entry SELECT population, seq, kind, release_id, vector, attempt, 1,"
                        + " delta_units, body, time, previous, hash FROM entry WHERE seq = 2",
                "INSERT OR REPLACE INTO entry SELECT population, 11, kind, release_id, vector, attempt, rho_units,"
                        + " delta_units, body, time, previous, hash FROM entry WHERE seq = 10",
                "INSERT INTO entry SELECT population, 12, 'CLOSE', '', '', 0, 0, 0, '{}', time, hash, hash FROM entry"
                        + " WHERE seq = 10",
                "INSERT INTO entry SELECT population, 11, 'RAISE', '', '', 0, 0, 0, '{}', time, hash, hash FROM entry"
                        + " WHERE seq = 10"
            })
    void rows_byHand_cannotBeChangedRemovedOrReplaced(String sql) {
        assertThatThrownBy(() -> test.sql(database.replacing(sql))).isInstanceOf(IllegalStateException.class);
        assertThat(test.population().verify()).isEqualTo(Verification.intact(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rho_units = rho_units - 1 WHERE seq = 2 | 2",
                "delta_units = 1 WHERE seq = 3 | 3",
                "body = replace(body, '2.0', '9.0') WHERE seq = 1 | 1",
                "time = time + 1 WHERE seq = 7 | 7",
                "vector = 'other' WHERE seq = 8 | 8",
                "release_id = 'q' WHERE seq = 9 | 9",
                "attempt = 2 WHERE seq = 10 | 10",
                "kind = 'CLOSE' WHERE seq = 6 | 6",
                "previous = hash WHERE seq = 4 | 4",
                "hash = previous WHERE seq = 4 | 4"
            })
    void verify_rowEditedByHand_isNamed(String edit, long seq) {
        test.unguardedSql("UPDATE entry SET " + edit);
        Verification verification = test.population().verify();
        assertThat(verification.ok()).isFalse();
        assertThat(verification.firstBroken()).hasValue(seq);
        assertThat(verification.reason()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM entry WHERE seq = 1",
                "UPDATE entry SET body = '{' WHERE seq = 1",
                "UPDATE entry SET body = '{}' WHERE seq = 1"
            })
    void population_firstRowGoneOrUnreadable_isNamed(String sql) {
        test.unguardedSql(sql);
        assertThatThrownBy(() -> test.population())
                .isInstanceOf(RunException.class)
                .hasMessageContaining("row 1 of its chain");
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "10, 10"})
    void verify_rowDeletedByHand_isNamed(long deleted, long named) {
        test.unguardedSql("DELETE FROM entry WHERE seq = " + deleted);
        Verification verification = test.population().verify();
        assertThat(verification.ok()).isFalse();
        assertThat(verification.firstBroken()).hasValue(named);
        assertThat(verification.reason()).contains("missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rho_units = 0", "delta_units = 5", "row_count = 9", "head = 'x'"})
    void verify_sumsEditedByHand_areFound(String edit) {
        test.sql("UPDATE population SET " + edit);
        Verification verification = test.population().verify();
        assertThat(verification.ok()).isFalse();
        assertThat(verification.firstBroken()).isEmpty();
        assertThat(verification.reason()).contains("sums");
    }

    @Test
    void verify_sealedFileDamagedOrGone_namesItsSeal() throws Exception {
        Path file = test.store().resolve("r.items.1.sealed");
        byte[] bytes = Files.readAllBytes(file);
        bytes[100] ^= 1;
        Files.write(file, bytes);
        assertThat(test.population().verify().firstBroken()).hasValue(8);
        Files.delete(file);
        Verification verification = test.population().verify();
        assertThat(verification.firstBroken()).hasValue(8);
        assertThat(verification.reason()).contains("r.items.1.sealed");
    }

    /** Writes rows whose hashes fit, but which break the protocol. */
    @ParameterizedTest
    @CsvSource({
        "DRAW, people, 2, drawn without",
        "SEAL, people, 1, sealed without",
        "RESERVE, people, 2, did not have to"
    })
    void verify_chainThatBreaksTheProtocol_isNamed(LedgerRow.Kind kind, String vector, int attempt, String reason) {
        test.sql(database.dropTrigger("entry_append_only"), "DROP INDEX entry_seal");
        String body = test.population().rows("r").get(0).body();
        append(kind, vector, attempt, new PrivacyCost(new Rho(1), Delta.ZERO), body);
        Verification verification = test.population().verify();
        assertThat(verification.firstBroken()).hasValue(11);
        assertThat(verification.reason()).contains(reason);
    }

    /** A ledger that was restored from an old copy beside a store that went on. */
    @Test
    void verify_sealedFileThatWasNeverDrawn_isFoundAndChargesAreRefused() throws IOException {
        Files.writeString(test.store().resolve("later.people.1.sealed"), "drawn by a newer ledger");

        assertThat(test.population().verify().reason()).contains("never drawn", "newest copy");
        assertThat(test.population().problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("never drawn"));
        assertThatThrownBy(() -> test.population().reserve(TestLedger.plan("s", .1)))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("never drawn");
    }

    /** A ledger that was copied beside an empty folder, or a store that was emptied. */
    @Test
    void verify_sealedFileThatIsGone_isFoundAndChargesAreRefused() throws IOException {
        Files.delete(test.store().resolve("r.gram.1.sealed"));

        assertThat(test.population().verify().ok()).isFalse();
        assertThat(test.population().problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("lacks files"));
        assertThatThrownBy(() -> test.population().reserve(TestLedger.plan("s", .1)))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("lacks files");
    }

    /** Files that are removed on purpose are recorded, and charges go on. */
    @Test
    void drop_sealedRelease_removesItsFilesAndTheLedgerStaysIntact() throws IOException {
        PrivacyCost before = test.population().status().charged();

        assertThat(test.population().drop("r")).isEqualTo(3);

        assertThat(test.files()).isEmpty();
        assertThat(test.population().problem()).isEmpty();
        assertThat(test.population().verify().ok()).isTrue();
        assertThat(test.population().status().charged()).isEqualTo(before);
        ChargedRelease again = test.population().reserve(TestLedger.plan("r", 1));
        assertThatThrownBy(() -> TestLedger.release(again, "gram"))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("removed on purpose");
        TestLedger.releaseAll(test.population().reserve(TestLedger.plan("s", .5)));
        assertThat(test.population().verify().ok()).isTrue();
        assertThatThrownBy(() -> test.population().drop("r")).isInstanceOf(InputException.class);
    }

    /** A lost file is recorded in the same way, so that it does not stop the population for ever. */
    @Test
    void drop_releaseWhoseFileIsLost_letsChargesGoOn() throws IOException {
        Files.delete(test.store().resolve("r.gram.1.sealed"));

        test.population().drop("r");

        test.population().reserve(TestLedger.plan("s", .5));
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void verify_storeThatCannotBeRead_isSaidAndTheChainIsStillWalked() throws IOException {
        Files.move(test.store(), test.store().resolveSibling("elsewhere"));

        assertThat(test.population().verify().ok()).isFalse();
        assertThat(test.population().verify().reason()).contains("Cannot read the store");
    }

    @Test
    void problem_ledgerAndStoreOfOneTime_isNone() {
        assertThat(test.population().problem()).isEmpty();
    }

    @Test
    void verify_chargeOverTheCap_isNamed() {
        append(
                LedgerRow.Kind.RESERVE,
                "other",
                1,
                new PrivacyCost(test.population().cap().largestRho(), Delta.ZERO),
                test.population().rows("r").get(0).body());
        assertThat(test.population().verify()).isEqualTo(Verification.broken(11, 11, "it exceeds the cap"));
    }

    private void append(LedgerRow.Kind kind, String vector, int attempt, PrivacyCost price, String body) {
        Dialect dialect = test.dialect();
        new Database(dialect).write(() -> false, connection -> {
            PopulationTransaction transaction = PopulationTransaction.lock(connection, dialect, TestLedger.POPULATION);
            if (transaction == null) {
                return false;
            }
            transaction.append(kind, "r", vector, attempt, price, body);
            return true;
        });
    }

    /** The documented encoding, written out once more by hand. */
    @Test
    void hash_ofARow_isTheDocumentedOne() throws Exception {
        LedgerRow row = new LedgerRow("é", 2, "SEAL", "r", "gram", 1, 3, 4, "{}", 5, "p", "").hashed();
        byte[] encoded = ("\0\0\0\21discreet-ledger-1" + "\0\0\0\2\u00c3\u00a9" + "\0\0\0\0012" + "\0\0\0\4SEAL"
                        + "\0\0\0\1r"
                        + "\0\0\0\4gram" + "\0\0\0\0011" + "\0\0\0\0013" + "\0\0\0\0014" + "\0\0\0\2{}" + "\0\0\0\0015"
                        + "\0\0\0\1p")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(row.hash())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(encoded)));
    }
}
