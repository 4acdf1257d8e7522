package discreet.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a few unused connections to PostgreSQL for a minute. Connecting takes the server longer than most
 * transactions, because it starts a process that knows nothing of the tables yet.
 */
final class IdleConnections {

    /** Largest number of connections that are kept. */
    static final int MAX = 4;
    /** How long an idle connection is kept. */
    static final int SECONDS = 60;

    private static final int VALID_SECONDS = 5;
    private static final Deque<Idle> IDLE = new ArrayDeque<>();

    private IdleConnections() {}

    /**
     * Identifies the connections that a caller may take.
     *
     * @param user empty if the driver chooses
     * @param secret a SHA-256 of what opens the connection, so that the user's old password does not get the
     *     user's connection
     */
    record Key(String url, String user, String secret) {

        /** Shows neither parameters nor hashes of passwords. */
        @Override
        public String toString() {
            return "Key";
        }
    }

    private record Idle(Key key, Connection connection, long since) {}

    /** Takes a connection that is alive. Returns null if there is none. */
    static @Nullable Connection take(Key key) {
        expire(System.nanoTime());
        for (Idle idle = remove(key); idle != null; idle = remove(key)) {
            if (isAlive(idle.connection())) {
                return idle.connection();
            }
            Dialect.discard(idle.connection());
        }
        return null;
    }

    private static boolean isAlive(Connection connection) {
        try {
            return connection.isValid(VALID_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Removes and returns the connection that was used last. */
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

    /**
     * Keeps a connection that is outside of any transaction. If there are too many, the one that was idle
     * longest is closed. Never fails.
     */
    static void keep(Key key, Connection connection) {
        Idle oldest = null;
        synchronized (IDLE) {
            IDLE.addLast(new Idle(key, connection, System.nanoTime()));
            if (IDLE.size() > MAX) {
                oldest = IDLE.removeFirst();
            }
        }
        if (oldest != null) {
            Dialect.discard(oldest.connection());
        }
        CompletableFuture.delayedExecutor(SECONDS + 1, TimeUnit.SECONDS).execute(() -> expire(System.nanoTime()));
    }

    /** Closes the connections that have been idle for too long at that {@link System#nanoTime}. */
    static void expire(long now) {
        close(idle -> now - idle.since() > TimeUnit.SECONDS.toNanos(SECONDS));
    }

    /** Closes the connections to this URL. */
    static void close(String url) {
        close((Idle idle) -> idle.key().url().equals(url));
    }

    private static void close(Predicate<Idle> which) {
        List<Idle> closing = new ArrayList<>();
        synchronized (IDLE) {
            for (Iterator<Idle> each = IDLE.iterator(); each.hasNext(); ) {
                Idle idle = each.next();
                if (which.test(idle)) {
                    each.remove();
                    closing.add(idle);
                }
            }
        }
        closing.forEach(idle -> Dialect.discard(idle.connection()));
    }
}
