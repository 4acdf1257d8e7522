package io.discreet.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A few connections to PostgreSQL that nobody uses at the moment. To connect takes the server longer than most transactions:
 * it starts a process that knows nothing of the tables yet.
 */
final class IdleConnections {

    private static final int MOST = 4;
    private static final int VALID_SECONDS = 5;
    private static final Deque<Idle> IDLE = new ArrayDeque<>();

    private IdleConnections() {}

    /** Whose connection it is: URL, and where user and password come from. */
    record Key(String url, Map<String, String> environment) {

        /** Neither parameters nor passwords. */
        @Override
        public String toString() {
            return "Key";
        }
    }

    private record Idle(Key key, Connection connection) {}

    /** One that is alive, null if there is none. */
    static @Nullable Connection take(Key key) throws SQLException {
        for (Idle idle = remove(key); idle != null; idle = remove(key)) {
            if (idle.connection().isValid(VALID_SECONDS)) {
                return idle.connection();
            }
            idle.connection().close();
        }
        return null;
    }

    private static @Nullable Idle remove(Key key) {
        synchronized (IDLE) {
            for (Iterator<Idle> each = IDLE.descendingIterator(); each.hasNext(); ) {
                Idle idle = each.next();
                if (idle.key().equals(key)) {
                    each.remove();
                    return idle;
                }
            }
            return null;
        }
    }

    /** Keeps a connection outside of any transaction; the one that was idle longest goes if there are too many. */
    static void keep(Key key, Connection connection) throws SQLException {
        Idle oldest = null;
        synchronized (IDLE) {
            IDLE.addLast(new Idle(key, connection));
            if (IDLE.size() > MOST) {
                oldest = IDLE.removeFirst();
            }
        }
        if (oldest != null) {
            oldest.connection().close();
        }
    }

    static void close(Key key) throws SQLException {
        for (Idle idle = remove(key); idle != null; idle = remove(key)) {
            idle.connection().close();
        }
    }
}
