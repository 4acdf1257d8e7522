package discreet.ledger;

import discreet.DiscreetException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What databases do differently. Everything else is one SQL text. */
interface Dialect {

    /** Whether there is a database to read; asking makes none. */
    boolean isPresent();

    /** Whether the ledger's tables are where its statements will look for them. */
    boolean hasTables(Connection connection) throws SQLException;

    /** A connection outside of any transaction, set so that a commit survives a loss of power. */
    Connection connect(boolean create) throws SQLException;

    /** Takes back a connection whose transaction has ended well. Never fails: what was committed stays committed. */
    default void keep(Connection connection) {
        discard(connection);
    }

    /** Closes a connection that nobody needs any more. Whether that succeeds changes nothing that was committed. */
    static void discard(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            return; // the other side is gone, or ends it itself
        }
    }

    /** Closes what is kept between transactions. */
    default void close() {}

    /** Begins a transaction that is going to write. */
    void beginWrite(Connection connection) throws SQLException;

    /** Begins a transaction that sees one state of the database and writes nothing. */
    void beginRead(Connection connection) throws SQLException;

    void commit(Connection connection) throws SQLException;

    void rollback(Connection connection) throws SQLException;

    /** Keeps everybody else who makes tables or opens populations waiting until the transaction ends. */
    void lockOpening(Connection connection) throws SQLException;

    /** Ends the SELECT of a population's row so that it locks the population until the transaction ends. */
    String lockClause();

    /** Resources that make the tables, in order. */
    List<String> schemaResources();

    /** Where sealed files go if the operator does not say; null if the operator has to. */
    @Nullable
    URI defaultStore(String population);

    /** What went wrong, in words, with what to do. Carries neither the URL's parameters nor what rows say. */
    DiscreetException explain(SQLException e);
}
