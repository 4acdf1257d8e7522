package discreet.ledger;

import discreet.InputException;
import discreet.privacy.Budget;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The budgets of populations and every release charged to them. A ledger outlives the programs that use it, and several
 * may use it at once: every method is one transaction of its own. Safe for use by several threads.
 */
public interface Ledger extends AutoCloseable {

    /**
     * The ledger at {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://HOST:PORT/DATABASE}. File or tables are made when a
     * population is opened, not before.
     *
     * <p>PostgreSQL: the user is {@code user=} in the URL, else {@code PGUSER}. The password comes from the file that
     * {@code DISCREET_LEDGER_PASSWORD_FILE} names, else {@code PGPASSWORD}, else {@code $PGPASSFILE} or {@code ~/.pgpass}, never
     * from the URL. Parameters of the driver's that say how to connect may follow after a question mark, such as
     * {@code sslmode=verify-full&sslrootcert=FILE}; others are refused.
     *
     * @throws InputException if the URL is not one of a ledger; nothing is read before a method below is called
     */
    static Ledger open(String jdbcUrl) {
        if (jdbcUrl.startsWith(SqliteDialect.PREFIX)) {
            return new SqlLedger(new SqliteDialect(jdbcUrl), ProtocolListener.NONE);
        }
        if (jdbcUrl.startsWith(PostgresDialect.PREFIX)) {
            return new SqlLedger(new PostgresDialect(jdbcUrl), ProtocolListener.NONE);
        }
        throw new InputException("Cannot use this as a ledger: its URL is neither jdbc:sqlite:FILE nor"
                + " jdbc:postgresql://HOST:PORT/DATABASE.");
    }

    /**
     * Opens a population under a cap that never changes: budgets do not reset, and the people named by it stay the same
     * however their ratings change.
     *
     * @param name {@code [a-z0-9][a-z0-9._-]{0,63}}
     * @param store a folder for the sealed files, empty or made here with mode 0700: a local one, or one on any file system
     *     that Hadoop has on the class path ({@code hdfs:}, {@code s3a:}, ...). Null, in SQLite alone: beside the ledger,
     *     {@code <file without .db>-store/<name>}
     * @throws InputException if there is such a population, or the name or the store cannot be used
     */
    Population openPopulation(String name, Budget cap, @Nullable URI store);

    /** @throws InputException if there is no such population */
    Population population(String name);

    /** All populations by name, closed ones included. */
    List<Population> populations();

    /** Closes connections to the database and to stores. What came from here can still be used, and connects anew. */
    @Override
    void close();

    /** The URL of the ledger in this file. */
    static String sqliteUrl(Path file) {
        return SqliteDialect.PREFIX + file;
    }
}
