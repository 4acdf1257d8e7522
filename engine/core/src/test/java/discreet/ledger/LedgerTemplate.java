package discreet.ledger;

import discreet.ledger.LedgerRow.Kind;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Holds a ledger with rows of every kind but CLOSE, and its store, for tests to damage copies of it.
 *
 * <pre>
 *   1        OPEN
 *   2 - 4    RESERVE of r, then DRAW and SEAL of people (5, 6), items (7, 8) and gram (9, 10)
 *   11 - 13  RESERVE of dropped, then DRAW and SEAL (14 - 19) and DROP (20 - 22)
 *   23 - 25  RESERVE of stopped, DRAW and SEAL of people (26, 27), RETURN of items and gram (28, 29)
 *   30 - 32  RESERVE of paid, of which nothing is drawn
 * </pre>
 */
final class LedgerTemplate {
    static final int ROWS = 32;
    static final String OTHER = "us";
    private static final double CAP = 50;

    private final TestDatabase database;
    private final TestLedger original;
    private final Path storeCopy;
    private final List<LedgerRow> rows;

    /** @param folder for the template and for every copy, one after the other */
    LedgerTemplate(TestDatabase database, Path folder) throws IOException {
        this.database = database;
        this.original = database.in(Files.createDirectories(folder.resolve("ledger")), CAP);
        original.ledger()
                .openPopulation(OTHER, TestLedger.cap(CAP), database.store(store(original, OTHER)))
                .reserve(TestLedger.plan("r", 1));
        Population population = original.population();
        TestLedger.releaseAll(population.reserve(TestLedger.plan("r", 1)));
        TestLedger.releaseAll(population.reserve(TestLedger.plan("dropped", 1)));
        population.drop("dropped");
        ChargedRelease stopped = population.reserve(TestLedger.plan("stopped", 1));
        TestLedger.release(stopped, "people");
        stopped.stop();
        population.reserve(TestLedger.plan("paid", 1));
        this.rows = all(original);
        this.storeCopy = folder.resolve("copy");
        copyAll(stores(), storeCopy);
        if (database == TestDatabase.SQLITE) {
            Files.copy(original.file(), storeCopy.resolve("test.db"));
        }
    }

    static Path store(TestLedger test, String population) {
        return test.store().resolveSibling(population);
    }

    private Path stores() {
        return original.folder().resolve("test-store");
    }

    /** Returns the rows of the template. */
    List<LedgerRow> rows() {
        return rows;
    }

    /** Brings the ledger and its stores back to what they were. */
    TestLedger fresh() throws IOException {
        remove(stores());
        copyAll(storeCopy, stores());
        Files.deleteIfExists(stores().resolve("test.db"));
        if (database == TestDatabase.SQLITE) {
            Files.copy(storeCopy.resolve("test.db"), original.file(), StandardCopyOption.REPLACE_EXISTING);
        } else {
            restoreRows();
        }
        return original;
    }

    /** A schema is made anew from the second ledger's tables, with triggers and indexes. */
    private void restoreRows() {
        String schema = original.url().substring(original.url().lastIndexOf('=') + 1);
        String copy = schema + "c";
        if (TestPostgres.ask(TestPostgres.url(), "SELECT to_regclass('" + copy + ".entry')")
                .equals("null")) {
            TestPostgres.url(copy);
            for (String table : List.of("ledger_schema", "population", "entry")) {
                original.sql("CREATE TABLE " + copy + "." + table + " AS SELECT * FROM " + schema + "." + table);
            }
        }
        original.ledger().close(); // a pooled connection has plans for tables that are about to go
        TestPostgres.sql(TestPostgres.url(), "DROP SCHEMA " + schema + " CASCADE");
        TestPostgres.url(schema);
        new Database(original.dialect()).create(connection -> schema);
        original.sql(
                "INSERT INTO population SELECT * FROM " + copy + ".population",
                "INSERT INTO entry SELECT * FROM " + copy + ".entry ORDER BY population, seq");
    }

    static List<LedgerRow> all(TestLedger test) {
        return new Database(test.dialect()).read(List::of, connection -> {
            PopulationTransaction view =
                    PopulationTransaction.view(connection, TestLedger.POPULATION, new ChainWalk(TestLedger.POPULATION));
            return view == null ? List.of() : view.all();
        });
    }

    /** Drops what keeps rows from being changed, as an owner of the database can. */
    void unguard() {
        original.sql(
                database.dropTrigger("entry_no_update"),
                database.dropTrigger("entry_no_delete"),
                database.dropTrigger("entry_append_only"),
                "DROP INDEX entry_seal",
                "DROP INDEX entry_draw",
                "DROP INDEX entry_return",
                "DROP INDEX entry_reserve");
    }

    /** Runs SQL by hand on an unguarded ledger. */
    void sql(String... statements) {
        unguard();
        original.sql(statements);
    }

    /** Appends a row whose hash fits, on an unguarded ledger. */
    void forge(Kind kind, String release, String vector, int attempt, PrivacyCost price, String body) {
        unguard();
        Dialect dialect = original.dialect();
        new Database(dialect).write(() -> 0L, connection -> {
            PopulationTransaction transaction = PopulationTransaction.lock(connection, dialect, TestLedger.POPULATION);
            return transaction == null
                    ? 0
                    : transaction
                            .append(kind, release, vector, attempt, price, body)
                            .seq();
        });
    }

    /** Writes other rows in place of all, with hashes that fit, and the sums that they have. */
    void rewrite(UnaryOperator<List<LedgerRow>> change) throws SQLException {
        unguard();
        ChainWalk walk = new ChainWalk(TestLedger.POPULATION);
        List<LedgerRow> written = new ArrayList<>();
        for (LedgerRow row : change.apply(rows)) {
            LedgerRow next = new LedgerRow(
                            row.population(),
                            walk.rows() + 1,
                            row.kind(),
                            row.release(),
                            row.vector(),
                            row.attempt(),
                            row.rhoUnits(),
                            row.deltaUnits(),
                            row.body(),
                            row.time(),
                            walk.head(),
                            "")
                    .hashed();
            walk.add(next);
            written.add(next);
        }
        PrivacyCost sums = walk.composition().total();
        original.sql("DELETE FROM entry WHERE population = '" + TestLedger.POPULATION + "'");
        insert(written);
        original.sql("UPDATE population SET rho_units = " + sums.rho().units() + ", delta_units = "
                + sums.delta().units() + ", row_count = " + walk.rows() + ", head = '" + walk.head()
                + "' WHERE name = '" + TestLedger.POPULATION + "'");
    }

    private void insert(List<LedgerRow> written) throws SQLException {
        try (Connection connection = DriverManager.getConnection(original.url());
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO entry (population, seq, kind, release_id, vector, attempt, rho_units, delta_units,"
                                + " body, time, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (LedgerRow row : written) {
                insert.setString(1, row.population());
                insert.setLong(2, row.seq());
                insert.setString(3, row.kind());
                insert.setString(4, row.release());
                insert.setString(5, row.vector());
                insert.setInt(6, row.attempt());
                insert.setLong(7, row.rhoUnits());
                insert.setLong(8, row.deltaUnits());
                insert.setString(9, row.body());
                insert.setLong(10, row.time());
                insert.setString(11, row.previous());
                insert.setString(12, row.hash());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Returns a row with another price, or the row itself if the factor is 1. */
    static LedgerRow priced(LedgerRow row, double factor) {
        return new LedgerRow(
                row.population(),
                row.seq(),
                row.kind(),
                row.release(),
                row.vector(),
                row.attempt(),
                (long) (row.rhoUnits() * factor),
                row.deltaUnits(),
                row.body(),
                row.time(),
                row.previous(),
                row.hash());
    }

    static LedgerRow withBody(LedgerRow row, String body) {
        return new LedgerRow(
                row.population(),
                row.seq(),
                row.kind(),
                row.release(),
                row.vector(),
                row.attempt(),
                row.rhoUnits(),
                row.deltaUnits(),
                body,
                row.time(),
                row.previous(),
                row.hash());
    }

    static PrivacyCost price(long rhoUnits) {
        return new PrivacyCost(new Rho(rhoUnits), Delta.ZERO);
    }

    static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
