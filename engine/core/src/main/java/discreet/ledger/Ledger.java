package discreet.ledger;

import discreet.InputException;
import discreet.privacy.Budget;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the budgets of populations and every release charged to them. A ledger outlives the programs that use
 * it, and several may use it at once, because every method is one transaction of its own. Safe for use by
 * several threads.
 */
public interface Ledger extends AutoCloseable {

    /**
     * Returns the ledger at {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://HOST:PORT/DATABASE}. File or
     * tables are made when a population is opened, not before.
     *
     * <p>For PostgreSQL, the user is {@code user=} in the URL, else {@code PGUSER}. The password comes from
     * the file that {@code DISCREET_LEDGER_PASSWORD_FILE} names, else {@code PGPASSWORD}, else
     * {@code $PGPASSFILE} or {@code ~/.pgpass}, never from the URL. Driver parameters that say how to connect
     * may follow after a question mark, such as {@code sslmode=verify-full&sslrootcert=FILE}. Others are
     * refused.
     *
     * @throws InputException if the URL is not one of a ledger. Nothing is read before a method below is
     *     called
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
     * Opens a population under a cap that never changes. Budgets do not reset, and the name stands for the
     * same users however their ratings change.
     *
     * <p>A cap without a part for items ({@link Budget#withItems}) never pays for item ids that are selected
     * privately.
     *
     * @param name {@code [a-z0-9][a-z0-9._-]{0,63}}
     * @param store a folder for the sealed files, empty or made here with mode 0700. It may be local, or on
     *     any file system that Hadoop has on the class path ({@code hdfs:}, {@code s3a:}, ...). For SQLite
     *     alone it may be null, which stands for {@code <file without .db>-store/<name>} beside the ledger
     * @throws InputException if there is such a population, or the name or the store cannot be used
     */
    Population openPopulation(String name, Budget cap, @Nullable URI store);

    /** @throws InputException if there is no such population */
    Population population(String name);

    /** Returns all populations by name, including closed ones. */
    List<Population> populations();

    /**
     * Closes connections to the database and to stores. Populations from this ledger can still be used, and
     * connect anew.
     */
    @Override
    void close();

    /** Returns the URL of the ledger in this file. */
    static String sqliteUrl(Path file) {
        return SqliteDialect.PREFIX + file;
    }
}
