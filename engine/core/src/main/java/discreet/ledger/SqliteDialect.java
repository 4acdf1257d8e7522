package discreet.ledger;

import discreet.DiscreetException;
import discreet.InputException;
import discreet.Remedy;
import discreet.RunException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/**
 * Keeps the ledger in one SQLite file. A transaction that writes locks the whole database at its start (BEGIN
 * IMMEDIATE), so that it never reads what another transaction is about to change. A rollback journal
 * (DELETE) with synchronous=EXTRA also syncs the folder once the journal is gone. Without that, power lost
 * right after a commit can undo the commit, and a draw with it.
 */
final class SqliteDialect implements Dialect {

    static final String PREFIX = "jdbc:sqlite:";

    private static final int BUSY_SECONDS = 60;
    private static final int SYNCHRONOUS_EXTRA = 3;

    static {
        // SQLite unpacks a native library too. The folder that replaces a noexec /tmp for ours serves for
        // SQLite's as well.
        String folder = System.getProperty("discreet.native.dir");
        if (folder != null && System.getProperty("org.sqlite.tmpdir") == null) {
            System.setProperty("org.sqlite.tmpdir", folder);
        }
    }

    private final Path file;

    SqliteDialect(String url) {
        String name = url.substring(PREFIX.length());
        if (name.isBlank() || name.startsWith(":") || name.startsWith("file:") || name.contains("?")) {
            throw new InputException("Cannot use this as a ledger: it must be a plain file. Use jdbc:sqlite:FILE.");
        }
        try {
            this.file = Path.of(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new InputException("Cannot use this as a ledger: " + e.getReason() + ". Use jdbc:sqlite:FILE.", e);
        }
    }

    @Override
    public boolean isPresent() {
        return Files.exists(file);
    }

    @Override
    public boolean hasTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return "1"
                    .equals(single(
                            statement, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'ledger_schema'"));
        }
    }

    @Override
    public Connection connect(boolean create) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_SECONDS * 1000);
        if (!create) {
            config.resetOpenMode(SQLiteOpenMode.CREATE);
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(PREFIX + file);
        Connection connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA foreign_keys = ON");
            statement.execute("PRAGMA synchronous = EXTRA");
            statement.execute("PRAGMA journal_mode = DELETE");
            if (!"delete".equals(single(statement, "PRAGMA journal_mode"))
                    || !Integer.toString(SYNCHRONOUS_EXTRA).equals(single(statement, "PRAGMA synchronous"))
                    || !"1".equals(single(statement, "PRAGMA foreign_keys"))) {
                throw new RunException("Cannot use the ledger " + file
                        + ": SQLite does not promise that its commits last. Close other programs that have"
                        + " the file open.");
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            Dialect.discard(connection);
            throw e;
        }
    }

    private static String single(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return result.next() ? String.valueOf(result.getString(1)) : "";
        }
    }

    // Transactions are begun and ended by hand. The driver's own mode begins the next transaction right after
    // a commit, and takes the lock again with it.
    @Override
    public void beginWrite(Connection connection) throws SQLException {
        execute(connection, "BEGIN IMMEDIATE");
    }

    @Override
    public void beginRead(Connection connection) throws SQLException {
        execute(connection, "BEGIN");
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        execute(connection, "COMMIT");
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        execute(connection, "ROLLBACK");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Does nothing, because the database is locked already. */
    @Override
    public void lockOpening(Connection connection) {}

    @Override
    public String lockClause() {
        return "";
    }

    @Override
    public List<String> schemaResources() {
        return List.of("schema-3.sql", "schema-3-sqlite.sql");
    }

    @Override
    public URI defaultStore(String population) {
        String name = String.valueOf(file.getFileName());
        // Of two ledgers in one folder, none has the other's store
        String folder =
                name.endsWith(".db") ? name.substring(0, name.length() - ".db".length()) + "-store" : name + ".store";
        return file.resolveSibling(folder).resolve(population).toUri();
    }

    @Override
    public DiscreetException explain(SQLException e) {
        SQLiteErrorCode code =
                e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        // Extended codes carry the primary one in their low byte.
        return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new RunException(
                        "Cannot use the ledger " + file + ": another program has held its lock for " + BUSY_SECONDS
                                + " seconds. Try again when it has ended.",
                        e);
            case SQLITE_NOTADB ->
                new InputException("Cannot use the ledger " + file + ": it is not a ledger. Name another file.", e);
            case SQLITE_CANTOPEN ->
                new InputException(
                        "Cannot use the ledger " + file
                                + ": it cannot be opened. Check that its folder exists and may be written to.",
                        e);
            case SQLITE_READONLY, SQLITE_PERM ->
                new InputException(
                        "Cannot use the ledger " + file
                                + ": it may not be written to. Check the permissions of the file and its folder.",
                        e);
            case SQLITE_FULL, SQLITE_IOERR ->
                new RunException(
                        "Cannot use the ledger " + file
                                + ": its disk is full or fails, and nothing was changed. Make room, then run this"
                                + " again.",
                        e);
            default ->
                new RunException(
                        "Cannot use the ledger " + file + ": " + e.getMessage() + ". Verify the ledger.",
                        Remedy.verifyLedger(),
                        e);
        };
    }
}
