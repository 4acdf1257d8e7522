package io.discreet.ledger;

import io.discreet.privacy.DiscreetException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What databases do differently. Everything else is one SQL text. PostgreSQL is to be a second implementation: begin with
 * autocommit off, {@code FOR UPDATE} as the lock, triggers in its own schema resource.
 */
interface Dialect {

    /** Whether there is a database to read; asking makes none. */
    boolean isPresent();

    /** A connection outside of any transaction, set so that a commit survives a loss of power. */
    Connection connect(boolean create) throws SQLException;

    /** Begins a transaction that is going to write. */
    void beginWrite(Connection connection) throws SQLException;

    /** Begins a transaction that sees one state of the database and writes nothing. */
    void beginRead(Connection connection) throws SQLException;

    void commit(Connection connection) throws SQLException;

    void rollback(Connection connection) throws SQLException;

    /** Ends the SELECT of a population's row so that it locks the population until the transaction ends. */
    String lockClause();

    /** Resources that make the tables, in order. */
    List<String> schemaResources();

    /** Where sealed files go if the operator does not say. */
    URI defaultStore(String population);

    /** What went wrong, in words, with what to do. */
    DiscreetException explain(SQLException e);
}
