package discreet.ledger;

import discreet.ledger.LedgerRow.Kind;
import discreet.privacy.Composition;
import discreet.privacy.Delta;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sums up the rows of a population, up to one of them. It holds what they cost together, and the names of the
 * files of everything that was drawn and of everything that is sealed. Rows are appended and never changed,
 * and the hash of a row stands for all rows before it. So if the last row counted is still there, only the
 * rows after it have to be counted. Otherwise the ledger was replaced, and counting starts anew.
 *
 * <p>For use by one transaction at a time. If a transaction was rolled back, its totals count rows that do
 * not exist and must not be used again.
 */
final class ChainTotals {

    private static final String BODY_WITH_HASH_RANGE = "CASE WHEN body LIKE '{\"cell\":%' THEN body ELSE '{}' END";

    private Composition composition = new Composition();
    private final Set<String> drawn = new HashSet<>();
    private final Set<String> sealed = new HashSet<>();
    private long rows;
    private String head = LedgerRow.FIRST_PREVIOUS;

    /** Returns what the counted rows cost together. */
    Composition composition() {
        return composition;
    }

    /** Returns the names of the files of everything that was ever drawn. */
    Set<String> drawn() {
        return drawn;
    }

    /** Returns the names of the files of everything that is sealed and was not dropped. */
    Set<String> sealed() {
        return sealed;
    }

    /** Counts the rows up to this one, which is the latest. */
    void catchUp(Connection connection, String population, long latest, String latestHash) throws SQLException {
        if (rows > 0 && !isStillThere(connection, population)) {
            composition = new Composition();
            drawn.clear();
            sealed.clear();
            rows = 0;
        }
        if (rows == 0) {
            // Each of these queries reads one index alone. Bodies are not looked at, but for hash ranges.
            count(
                    connection,
                    "SELECT kind, release_id, vector, attempt, rho_units, delta_units, " + BODY_WITH_HASH_RANGE
                            + " FROM entry WHERE population = ? AND kind = 'RESERVE'",
                    population);
            count(
                    connection,
                    "SELECT kind, release_id, vector, attempt, 0, 0, '{}' FROM entry"
                            + " WHERE population = ? AND kind = 'DRAW'",
                    population);
            count(
                    connection,
                    "SELECT kind, release_id, vector, attempt, 0, 0, '{}' FROM entry"
                            + " WHERE population = ? AND kind = 'SEAL'",
                    population);
            count(
                    connection,
                    "SELECT kind, release_id, vector, attempt, 0, 0, '{}' FROM entry"
                            + " WHERE population = ? AND kind = 'DROP'",
                    population);
            count(
                    connection,
                    "SELECT kind, release_id, vector, attempt, rho_units, delta_units, " + BODY_WITH_HASH_RANGE
                            + " FROM entry WHERE population = ? AND kind = 'RETURN'",
                    population);
        } else if (rows < latest) {
            count(
                    connection,
                    "SELECT kind, release_id, vector, attempt, rho_units, delta_units, " + BODY_WITH_HASH_RANGE
                            + " FROM entry WHERE population = ? AND seq > " + rows,
                    population);
        }
        rows = latest;
        head = latestHash;
    }

    private boolean isStillThere(Connection connection, String population) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT hash FROM entry WHERE population = ? AND seq = ?")) {
            select.setString(1, population);
            select.setLong(2, rows);
            try (ResultSet result = select.executeQuery()) {
                return result.next() && head.equals(result.getString(1));
            }
        }
    }

    private void count(Connection connection, String query, String population) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, population);
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    String kind = result.getString(1);
                    if (kind.equals(Kind.DRAW.name())) {
                        drawn.add(Store.sealed(result.getString(2), result.getString(3), result.getInt(4)));
                    } else if (kind.equals(Kind.SEAL.name())) {
                        sealed.add(Store.sealed(result.getString(2), result.getString(3), result.getInt(4)));
                    } else if (kind.equals(Kind.DROP.name())) {
                        sealed.remove(Store.sealed(result.getString(2), result.getString(3), result.getInt(4)));
                    } else if (kind.equals(Kind.RESERVE.name())) {
                        composition.add(hashRange(result.getString(7)), price(result));
                    } else if (kind.equals(Kind.RETURN.name())) {
                        composition.remove(hashRange(result.getString(7)), price(result));
                    }
                }
            }
        }
    }

    private static PrivacyCost price(ResultSet row) throws SQLException {
        return new PrivacyCost(new Rho(row.getLong(5)), new Delta(row.getLong(6)));
    }

    /** Parses a body only if it names a hash range, whose key sorts first in it. */
    private static @Nullable HashRange hashRange(String body) {
        return body.equals("{}") ? null : ReleasePlan.hashRange(body);
    }

    /** Counts a row that was just appended. */
    void append(LedgerRow row) {
        if (row.is(Kind.DRAW)) {
            drawn.add(Store.sealed(row.release(), row.vector(), row.attempt()));
        } else if (row.is(Kind.SEAL)) {
            sealed.add(Store.sealed(row.release(), row.vector(), row.attempt()));
        } else if (row.is(Kind.DROP)) {
            sealed.remove(Store.sealed(row.release(), row.vector(), row.attempt()));
        } else if (row.is(Kind.RESERVE)) {
            composition.add(ReleasePlan.hashRange(row.body()), row.price());
        } else if (row.is(Kind.RETURN)) {
            composition.remove(ReleasePlan.hashRange(row.body()), row.price());
        }
        rows = row.seq();
        head = row.hash();
    }
}
