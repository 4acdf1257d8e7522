package discreet.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.InputException;
import discreet.RunException;
import discreet.ledger.LedgerRow.Kind;
import discreet.privacy.Budget;
import discreet.privacy.Composition;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and appends the rows of one population within one transaction. A transaction that writes locks the
 * population, so no other writing transaction reads what is about to change, and no other appends.
 */
final class PopulationTransaction {

    private static final String COLUMNS =
            "population, seq, kind, release_id, vector, attempt, rho_units, delta_units, body, time, previous, hash";

    private final Connection connection;
    private final String population;
    private PrivacyCost charged;
    private long rows;
    private String head;
    private final ChainTotals totals;
    private boolean isCaughtUp;
    private String timedRelease = "";
    private long time;
    private long started = System.currentTimeMillis();

    private PopulationTransaction(
            Connection connection, String population, ChainTotals totals, PrivacyCost charged, long rows, String head) {
        this.connection = connection;
        this.population = population;
        this.totals = totals;
        this.charged = charged;
        this.rows = rows;
        this.head = head;
    }

    /** Returns the names of all populations, sorted. */
    static List<String> names(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT name FROM population");
                ResultSet result = select.executeQuery()) {
            List<String> names = new ArrayList<>();
            while (result.next()) {
                names.add(result.getString(1));
            }
            Collections.sort(names); // databases disagree on the order of letters
            return names;
        }
    }

    static @Nullable PopulationTransaction lock(Connection connection, Dialect dialect, String population)
            throws SQLException {
        return lock(connection, dialect, population, new ChainTotals());
    }

    /**
     * Locks a population for writing. Returns null if there is none of this name.
     *
     * @param totals of an earlier transaction on this population, so that its rows need not be summed again
     */
    static @Nullable PopulationTransaction lock(
            Connection connection, Dialect dialect, String population, ChainTotals totals) throws SQLException {
        return find(connection, population, totals, dialect.lockClause());
    }

    /** Reads a population without locking it. Returns null if there is none of this name. */
    static @Nullable PopulationTransaction view(Connection connection, String population, ChainTotals totals)
            throws SQLException {
        return find(connection, population, totals, "");
    }

    private static @Nullable PopulationTransaction find(
            Connection connection, String population, ChainTotals totals, String lockClause) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT rho_units, delta_units, row_count, head FROM population WHERE name = ?" + lockClause)) {
            select.setString(1, population);
            try (ResultSet result = select.executeQuery()) {
                if (!result.next()) {
                    return null;
                }
                PrivacyCost charged = new PrivacyCost(new Rho(result.getLong(1)), new Delta(result.getLong(2)));
                return new PopulationTransaction(
                        connection, population, totals, charged, result.getLong(3), result.getString(4));
            }
        }
    }

    /** Opens a new population with its first row. */
    static void open(Connection connection, String population, Budget cap, @Nullable URI store) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO population (name, rho_units, delta_units, row_count, head) VALUES (?, 0, 0, 0, ?)")) {
            insert.setString(1, population);
            insert.setString(2, LedgerRow.FIRST_PREVIOUS);
            insert.executeUpdate();
        }
        JsonNode body = CanonicalJson.newObject()
                .put("epsilon", cap.epsilon())
                .put("delta", cap.delta())
                .put("deltaForItemsUnits", cap.deltaForItems().units())
                .put("store", store == null ? null : store.toString());
        new PopulationTransaction(
                        connection, population, new ChainTotals(), PrivacyCost.NOTHING, 0, LedgerRow.FIRST_PREVIOUS)
                .append(Kind.OPEN, "", "", 0, PrivacyCost.NOTHING, CanonicalJson.text(body));
    }

    /** Gives cap and store from the OPEN row. */
    record Terms(Budget cap, @Nullable URI store) {

        static Terms of(LedgerRow open) {
            JsonNode body = CanonicalJson.read(open.body());
            String store = body.path("store").textValue();
            return new Terms(
                    new Budget(
                            body.path("epsilon").doubleValue(),
                            body.path("delta").doubleValue(),
                            new Delta(body.path("deltaForItemsUnits").asLong(-1))),
                    store == null ? null : URI.create(store));
        }
    }

    /**
     * Returns the cap and the store.
     *
     * @throws RunException if the first row is missing or not an OPEN row. {@link Verifier} says more about
     *     it
     */
    Terms terms() throws SQLException {
        List<LedgerRow> open = select("seq = 1");
        try {
            return Terms.of(open.get(0));
        } catch (IndexOutOfBoundsException | IllegalArgumentException | InputException e) {
            throw new RunException(
                    "Cannot use population '" + population
                            + "': row 1 of its chain is missing or was changed. Restore the ledger from a copy.",
                    e);
        }
    }

    /**
     * Returns the sum that is kept with the population. The cap is compared with {@link #composition}
     * instead.
     */
    PrivacyCost charged() {
        return charged;
    }

    /**
     * Returns what the rows cost together. Budgets are compared with this and not with a kept sum, because an
     * edited row breaks the chain and an edited sum does not.
     * Disjoint hash ranges cost the maximum.
     */
    Composition composition() throws SQLException {
        return totals().composition();
    }

    /** Returns the names of the files of everything that was ever drawn. */
    Set<String> drawn() throws SQLException {
        return totals().drawn();
    }

    /** Returns the names of the files of everything that is sealed and was not dropped. */
    Set<String> sealed() throws SQLException {
        return totals().sealed();
    }

    private ChainTotals totals() throws SQLException {
        if (!isCaughtUp) {
            totals.catchUp(connection, population, rows, head);
            isCaughtUp = true;
        }
        return totals;
    }

    long rowCount() {
        return rows;
    }

    String head() {
        return head;
    }

    boolean isClosed() throws SQLException {
        return !select("kind = 'CLOSE'").isEmpty();
    }

    List<LedgerRow> all() throws SQLException {
        return select("1 = 1");
    }

    List<LedgerRow> ofRelease(String release) throws SQLException {
        return select("release_id = ?", release);
    }

    /**
     * Returns the rows of releases whose id differs from this one at most by the case of letters, which some
     * file systems do not distinguish.
     */
    List<LedgerRow> ofReleaseIgnoringCase(String release) throws SQLException {
        return select("LOWER(release_id) = LOWER(?)", release);
    }

    boolean holds(String hash) throws SQLException {
        return !select("hash = ?", hash).isEmpty();
    }

    private List<LedgerRow> select(String condition, String... arguments) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM entry WHERE population = ? AND " + condition + " ORDER BY seq")) {
            select.setString(1, population);
            for (int i = 0; i < arguments.length; i++) {
                select.setString(i + 2, arguments[i]);
            }
            try (ResultSet result = select.executeQuery()) {
                List<LedgerRow> found = new ArrayList<>();
                while (result.next()) {
                    found.add(row(result));
                }
                return found;
            }
        }
    }

    private static LedgerRow row(ResultSet result) throws SQLException {
        return new LedgerRow(
                result.getString(1),
                result.getLong(2),
                result.getString(3),
                result.getString(4),
                result.getString(5),
                result.getInt(6),
                result.getLong(7),
                result.getLong(8),
                result.getString(9),
                result.getLong(10),
                result.getString(11),
                result.getString(12));
    }

    /** Gives the time that the rows of a new release show. It was taken before any row of data was read. */
    void startedAt(long millis) {
        started = millis;
    }

    /**
     * Returns the time that a row shows, which is when its release was started. The time that the exact sums
     * took would reveal something about the data, and anyone may read the ledger. So all rows of a release
     * have one time, also those of a vector that is charged again.
     */
    private long time(String release) throws SQLException {
        if (release.isEmpty()) {
            return System.currentTimeMillis();
        }
        if (!release.equals(timedRelease)) {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT time FROM entry WHERE population = ? AND release_id = ? ORDER BY seq LIMIT 1")) {
                select.setString(1, population);
                select.setString(2, release);
                try (ResultSet result = select.executeQuery()) {
                    time = result.next() ? result.getLong(1) : started;
                }
            }
            timedRelease = release;
        }
        return time;
    }

    /**
     * Appends a row and updates the sums and the head. A RESERVE row charges its price and a RETURN row
     * gives it back.
     */
    LedgerRow append(Kind kind, String release, String vector, int attempt, PrivacyCost price, String body)
            throws SQLException {
        boolean changesCharges = kind == Kind.RESERVE || kind == Kind.RETURN;
        if (changesCharges) {
            totals(); // before the new row is among the rows to count
        }
        LedgerRow row = new LedgerRow(
                        population,
                        rows + 1,
                        kind.name(),
                        release,
                        vector,
                        attempt,
                        price.rho().units(),
                        price.delta().units(),
                        body,
                        time(release),
                        head,
                        "")
                .hashed();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO entry (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
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
            insert.executeUpdate();
        }
        if (isCaughtUp) {
            totals.append(row);
        }
        if (changesCharges) {
            charged = totals.composition().total();
        }
        rows = row.seq();
        head = row.hash();
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE population SET rho_units = ?, delta_units = ?, row_count = ?, head = ? WHERE name = ?")) {
            update.setLong(1, charged.rho().units());
            update.setLong(2, charged.delta().units());
            update.setLong(3, rows);
            update.setString(4, head);
            update.setString(5, population);
            update.executeUpdate();
        }
        return row;
    }
}
