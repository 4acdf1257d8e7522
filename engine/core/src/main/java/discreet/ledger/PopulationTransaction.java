package discreet.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.InputException;
import discreet.RunException;
import discreet.ledger.LedgerRow.Kind;
import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and appends the rows of one population within one transaction. A transaction that writes locks the
 * population, so no other writing transaction reads what is about to change, and no other appends.
 */
final class PopulationTransaction {

    /** How many rows PostgreSQL sends at once. Without it the driver keeps all of them in memory. */
    private static final int FETCHED = 1000;

    private static final String COLUMNS =
            "population, seq, kind, release_id, vector, attempt, rho_units, delta_units, body, time, previous, hash";

    private final Connection connection;
    private final String population;
    private PrivacyCost charged;
    private long rows;
    private String head;
    private ChainWalk walk;
    private boolean isCaughtUp;
    private boolean hasAppended;
    private ChainWalk.@Nullable Defect broken;
    private String timedRelease = "";
    private long time;
    private long started = System.currentTimeMillis();

    private PopulationTransaction(
            Connection connection, String population, ChainWalk walk, PrivacyCost charged, long rows, String head) {
        this.connection = connection;
        this.population = population;
        this.walk = walk;
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
        return lock(connection, dialect, population, new ChainWalk(population));
    }

    /**
     * Locks a population for writing. Returns null if there is none of this name.
     *
     * @param walk of an earlier transaction on this population, which need not see the same rows again
     */
    static @Nullable PopulationTransaction lock(
            Connection connection, Dialect dialect, String population, ChainWalk walk) throws SQLException {
        return find(connection, population, walk, dialect.lockClause());
    }

    /** Reads a population without locking it. Returns null if there is none of this name. */
    static @Nullable PopulationTransaction view(Connection connection, String population, ChainWalk walk)
            throws SQLException {
        return find(connection, population, walk, "");
    }

    private static @Nullable PopulationTransaction find(
            Connection connection, String population, ChainWalk walk, String lockClause) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT rho_units, delta_units, row_count, head FROM population WHERE name = ?" + lockClause)) {
            select.setString(1, population);
            try (ResultSet result = select.executeQuery()) {
                if (!result.next()) {
                    return null;
                }
                PrivacyCost charged = new PrivacyCost(new Rho(result.getLong(1)), new Delta(result.getLong(2)));
                return new PopulationTransaction(
                        connection, population, walk, charged, result.getLong(3), result.getString(4));
            }
        }
    }

    /**
     * Opens a new population with its first row, which no other population has, because it has an id of its
     * own.
     *
     * @return the mark of that row
     */
    static StoreMark open(Connection connection, String population, Budget cap, @Nullable URI store)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO population (name, rho_units, delta_units, row_count, head) VALUES (?, 0, 0, 0, ?)")) {
            insert.setString(1, population);
            insert.setString(2, LedgerRow.FIRST_PREVIOUS);
            insert.executeUpdate();
        }
        JsonNode body = CanonicalJson.newObject()
                .put("id", ReleaseId.fresh())
                .put("epsilon", cap.epsilon())
                .put("delta", cap.delta())
                .put("deltaForItemsUnits", cap.deltaForItems().units())
                .put("store", store == null ? null : store.toString());
        LedgerRow row = new PopulationTransaction(
                        connection,
                        population,
                        new ChainWalk(population),
                        PrivacyCost.NOTHING,
                        0,
                        LedgerRow.FIRST_PREVIOUS)
                .append(Kind.OPEN, "", "", 0, PrivacyCost.NOTHING, CanonicalJson.text(body));
        return new StoreMark(row.seq(), row.hash());
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
     * Returns the sum that is kept with the population. The cap is compared with that of {@link #walk}
     * instead.
     */
    PrivacyCost charged() {
        return charged;
    }

    /**
     * Returns a walk along all rows up to the latest. Budgets are compared with what it sums up and not with
     * a kept sum, because an edited row breaks the chain and an edited sum does not.
     */
    ChainWalk walk() throws SQLException {
        if (!isCaughtUp) {
            catchUp();
            isCaughtUp = true;
        }
        return walk;
    }

    /**
     * Lets the walk see the rows that came since. The hash of a row stands for all rows before it, so if the
     * last row that the walk has seen is still there, only later ones are read. Otherwise the ledger was
     * replaced, and the walk starts anew. It also does if a row was wrong, which may have been repaired.
     */
    private void catchUp() throws SQLException {
        if (walk.rows() > 0 && (walk.defect() != null || !hash(walk.rows()).equals(Optional.of(walk.head())))) {
            walk.restart();
        }
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM entry WHERE population = ? AND seq > ? ORDER BY seq")) {
            select.setString(1, population);
            select.setLong(2, walk.rows());
            select.setFetchSize(FETCHED);
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    walk.add(row(result));
                }
            }
        }
    }

    /**
     * Returns what is wrong with the chain or with the sums kept beside it, or empty if all is as it was
     * written.
     */
    Optional<String> chainProblem() throws SQLException {
        ChainWalk.Defect defect = walk().defect();
        if (defect != null) {
            return Optional.of("row " + defect.seq() + " of its chain is not as it was written (" + defect.reason()
                    + "). Restore ledger and store from a copy.");
        }
        return agreesWith(walk)
                ? Optional.empty()
                : Optional.of("the sums kept with it are not those of its rows, so rows are missing at the end or the"
                        + " sums were changed. Restore ledger and store from a copy.");
    }

    /** Returns whether the sums kept with the population are those of the rows that the walk has seen. */
    boolean agreesWith(ChainWalk seen) {
        return charged.equals(seen.composition().total()) && rows == seen.rows() && head.equals(seen.head());
    }

    long rowCount() {
        return rows;
    }

    /** Returns the mark of the last row, if this transaction has appended any. */
    Optional<StoreMark> newMark() {
        return hasAppended ? Optional.of(new StoreMark(rows, head)) : Optional.empty();
    }

    /**
     * Returns the row of this transaction that the chain, which was right so far, would not allow. Null if
     * there is none. What to append is decided from rows as they are in the database now. The walk has
     * checked these rows when they were new, and judges a new row by what they said then. So if a row was
     * changed after it was checked, the transaction is found wrong and must not be committed.
     */
    ChainWalk.@Nullable Defect broken() {
        return broken;
    }

    String head() {
        return head;
    }

    /** Returns when the population was opened. */
    Instant openedAt() throws SQLException {
        return Instant.ofEpochMilli(select("seq = 1").get(0).time());
    }

    List<LedgerRow> all() throws SQLException {
        return select("1 = 1");
    }

    List<LedgerRow> seals() throws SQLException {
        return select("kind = 'SEAL'");
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

    /** Returns the row with this hash, or empty if there is none. */
    Optional<LedgerRow> withHash(String hash) throws SQLException {
        return select("hash = ?", hash).stream().findFirst();
    }

    /** Returns the hash of a row by its number, or empty if there is no such row. */
    Optional<String> hash(long seq) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT hash FROM entry WHERE population = ? AND seq = ?")) {
            select.setString(1, population);
            select.setLong(2, seq);
            try (ResultSet result = select.executeQuery()) {
                return result.next() ? Optional.of(result.getString(1)) : Optional.empty();
            }
        }
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
        ChainWalk checked = walk(); // before the new row is among the rows to see
        boolean wasRight = checked.defect() == null;
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
        checked.add(row);
        if (wasRight && kind != Kind.CLOSE) { // which only ends a budget, whatever was done to it
            broken = checked.defect();
        }
        if (kind == Kind.RESERVE || kind == Kind.RETURN) {
            charged = checked.composition().total();
        }
        rows = row.seq();
        head = row.hash();
        hasAppended = true;
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
