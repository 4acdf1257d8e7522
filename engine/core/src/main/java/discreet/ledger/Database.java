package discreet.ledger;

import discreet.InputException;
import discreet.RunException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;

/** Runs transactions on the database of a ledger, each on a connection of its own. */
final class Database {

    private static final int VERSION = 3;

    private final Dialect dialect;

    Database(Dialect dialect) {
        this.dialect = dialect;
    }

    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Makes the tables if there are none, then does the work, all in one durable transaction. */
    <T> T create(Work<T> work) {
        return transaction(true, true, connection -> {
            dialect.lockOpening(connection);
            if (!dialect.hasTables(connection)) {
                makeTables(connection);
            }
            checkVersion(connection);
            return work.in(connection);
        });
    }

    /** Does the work in one durable transaction. Returns {@code ifAbsent} if there is no ledger yet. */
    <T> T write(Supplier<T> ifAbsent, Work<T> work) {
        return existing(ifAbsent, true, work);
    }

    /** Does the work on one consistent view. Returns {@code ifAbsent} if there is no ledger yet. */
    <T> T read(Supplier<T> ifAbsent, Work<T> work) {
        return existing(ifAbsent, false, work);
    }

    private <T> T existing(Supplier<T> ifAbsent, boolean write, Work<T> work) {
        if (!dialect.isPresent()) {
            return ifAbsent.get();
        }
        return transaction(false, write, connection -> {
            if (!dialect.hasTables(connection)) {
                return ifAbsent.get();
            }
            checkVersion(connection);
            return work.in(connection);
        });
    }

    private <T> T transaction(boolean create, boolean write, Work<T> work) {
        try {
            Connection connection = dialect.connect(create);
            T result;
            try {
                if (write) {
                    dialect.beginWrite(connection);
                } else {
                    dialect.beginRead(connection);
                }
                result = committed(connection, work);
            } catch (SQLException | RuntimeException | Error e) {
                Dialect.discard(connection);
                throw e;
            }
            dialect.keep(connection);
            return result;
        } catch (SQLException e) {
            throw dialect.explain(e);
        }
    }

    private <T> T committed(Connection connection, Work<T> work) throws SQLException {
        try {
            T result = work.in(connection);
            dialect.commit(connection);
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollback(connection, e);
            throw e;
        }
    }

    /** Closes idle connections. Later transactions connect anew. */
    void close() {
        dialect.close();
    }

    private void rollback(Connection connection, Throwable cause) {
        try {
            dialect.rollback(connection);
        } catch (SQLException e) {
            cause.addSuppressed(e); // Closing the connection rolls back as well.
        }
    }

    private void makeTables(Connection connection) throws SQLException {
        for (String resource : dialect.schemaResources()) {
            try (InputStream in = Database.class.getResourceAsStream(resource);
                    Statement statement = connection.createStatement()) {
                if (in == null) {
                    throw new RunException("Cannot make a ledger: " + resource + " is missing from the engine's jar.");
                }
                statement.executeUpdate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new RunException("Cannot make a ledger: " + resource + " cannot be read.", e);
            }
        }
    }

    private static void checkVersion(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT MAX(version) FROM ledger_schema")) {
            int version = result.next() ? result.getInt(1) : 0;
            if (version != VERSION) {
                throw new InputException("Cannot use this ledger: it has version " + version
                        + " and this program knows version " + VERSION + ". "
                        + (version > VERSION
                                ? "Use a newer program."
                                : "Use the program that made it: no ledger of an earlier version can be read."));
            }
        }
    }
}
