package discreet.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Runs a real server, one for all tests of this JVM, with fsync on so that commits last. It is stopped when
 * the JVM ends.
 */
final class TestPostgres {

    private static final class Shared {
        private static final EmbeddedPostgres SERVER = start("on");
    }

    private TestPostgres() {}

    static EmbeddedPostgres start(String fsync) {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", fsync)
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int port() {
        return Shared.SERVER.getPort();
    }

    /**
     * Returns the URL of the ledger in a schema of its own, which is made if need be. No password is needed
     * from here.
     */
    static String url(String schema) {
        sql(url(), "CREATE SCHEMA IF NOT EXISTS " + schema);
        return url() + "&currentSchema=" + schema;
    }

    /** Returns the URL of the server's owner, in the schema {@code public}. */
    static String url() {
        return url(port());
    }

    static String url(int port) {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    static void sql(String url, String... statements) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    static String ask(String url, String query) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next() ? String.valueOf(result.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
