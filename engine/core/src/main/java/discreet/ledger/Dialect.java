package discreet.ledger;

import discreet.DiscreetException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Covers what differs between SQLite and PostgreSQL, such as locks, connections and errors. All other SQL is
 * one text for both.
 */
interface Dialect {

    /** Returns whether there is a database to read. Asking makes none. */
    boolean isPresent();

    /** Returns whether the ledger's tables are where its statements will look for them. */
    boolean hasTables(Connection connection) throws SQLException;

    /** Opens a connection outside of any transaction, set so that a commit survives a loss of power. */
    Connection connect(boolean create) throws SQLException;

    /**
     * Takes back a connection whose transaction has ended well. Never fails, because what was committed stays
     * committed.
     */
    default void keep(Connection connection) {
        discard(connection);
    }

    /**
     * Closes a connection that is no longer needed. Success or failure leaves what was committed unchanged.
     */
    static void discard(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            return; // the other side is gone, or ends it itself
        }
    }

    /** Closes the connections kept between transactions. */
    default void close() {}

    /** Begins a transaction that is going to write. */
    void beginWrite(Connection connection) throws SQLException;

    /** Begins a transaction that sees one state of the database and writes nothing. */
    void beginRead(Connection connection) throws SQLException;

    /** Commits the transaction, durably if it writes. */
    void commit(Connection connection) throws SQLException;

    /** Rolls the transaction back. */
    void rollback(Connection connection) throws SQLException;

    /** Makes all others who create tables or open populations wait until the transaction ends. */
    void lockOpening(Connection connection) throws SQLException;

    /**
     * Returns the end of the SELECT of a population's row, which locks the population until the transaction
     * ends.
     */
    String lockClause();

    /** Returns the resources that make the tables, in order. */
    List<String> schemaResources();

    /**
     * Returns where sealed files go if the operator names no store, or null if the operator has to name one.
     */
    @Nullable
    URI defaultStore(String population);

    /**
     * Turns a database error into one that says what to do. It carries neither the URL's parameters nor the
     * content of rows.
     */
    DiscreetException explain(SQLException e);
}
