package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.ledger.IdleConnections.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdleConnectionsTest {

    private static final Key KEY = new Key("url", "user", "secret");

    @TempDir
    private Path folder;

    @BeforeEach
    @AfterEach
    void none() {
        IdleConnections.expire(System.nanoTime() + TimeUnit.HOURS.toNanos(1));
    }

    private static Connection connected() throws SQLException {
        return new PostgresDialect(TestPostgres.url()).connect(false);
    }

    private static String single(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next() ? String.valueOf(result.getString(1)) : "";
        }
    }

    @Test
    void take_anotherUrlUserOrSecret_isNotHandedOut() throws SQLException {
        Connection connection = connected();
        IdleConnections.keep(KEY, connection);
        assertThat(IdleConnections.take(new Key("other", "user", "secret"))).isNull();
        assertThat(IdleConnections.take(new Key("url", "other", "secret"))).isNull();
        assertThat(IdleConnections.take(new Key("url", "user", "other"))).isNull();
        assertThat(IdleConnections.take(KEY)).isSameAs(connection);
        assertThat(IdleConnections.take(KEY)).isNull();
        connection.close();
    }

    @Test
    void take_serverHasClosedTheConnection_isNotHandedOut() throws SQLException {
        Connection connection = connected();
        String pid = single(connection, "SELECT pg_backend_pid()");
        IdleConnections.keep(KEY, connection);
        TestPostgres.sql(TestPostgres.url(), "SELECT pg_terminate_backend(" + pid + ", 10000)");
        assertThat(IdleConnections.take(KEY)).isNull();
        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    void expire_idleForAMinute_isClosed() throws SQLException {
        Connection connection = connected();
        IdleConnections.keep(KEY, connection);
        long now = System.nanoTime();
        IdleConnections.expire(now);
        assertThat(connection.isClosed()).isFalse();
        IdleConnections.expire(now + TimeUnit.SECONDS.toNanos(IdleConnections.SECONDS + 1));
        assertThat(connection.isClosed()).isTrue();
        assertThat(IdleConnections.take(KEY)).isNull();
    }

    @Test
    void keep_fiveConnections_fourStayOpen() throws SQLException {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < IdleConnections.MAX + 1; i++) {
            connections.add(connected());
        }
        connections.forEach(connection -> IdleConnections.keep(KEY, connection));
        assertThat(connections.get(0).isClosed()).isTrue();
        for (int i = IdleConnections.MAX; i > 0; i--) {
            assertThat(IdleConnections.take(KEY)).as("the latest first").isSameAs(connections.get(i));
        }
        assertThat(IdleConnections.take(KEY)).isNull();
        for (Connection connection : connections) {
            connection.close();
        }
    }

    @Test
    void transactions_oneAfterTheOther_shareASessionWhateverTheyDo() throws SQLException {
        TestLedger test = TestDatabase.POSTGRESQL.in(folder, 2);
        Database database = new Database(test.dialect());
        String reader = database.read(() -> "", connection -> {
            assertThat(single(connection, "SHOW transaction_read_only")).isEqualTo("on");
            assertThat(single(connection, "SHOW transaction_isolation")).isEqualTo("repeatable read");
            return single(connection, "SELECT pg_backend_pid()");
        });
        String writer = database.write(() -> "", connection -> {
            assertThat(single(connection, "SHOW transaction_read_only")).isEqualTo("off");
            assertThat(single(connection, "SHOW transaction_isolation")).isEqualTo("read committed");
            assertThat(single(connection, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(single(connection, "SHOW lock_timeout")).isEqualTo("1min");
            return single(connection, "SELECT pg_backend_pid()");
        });
        assertThat(writer).isEqualTo(reader);
        test.population().reserve(TestLedger.plan("r", 1));
        assertThat(test.population().status().releases()).isEqualTo(1);
    }

    @Test
    void transaction_whenItIsOver_leavesNothingSetForTheSession() throws SQLException {
        TestLedger test = TestDatabase.POSTGRESQL.in(folder, 2);
        Dialect dialect = test.dialect();
        new Database(dialect).write(() -> "", connection -> single(connection, "SELECT 1"));
        Connection connection = dialect.connect(false);
        assertThat(single(connection, "SHOW lock_timeout")).isEqualTo("0");
        assertThat(single(connection, "SHOW transaction_isolation")).isEqualTo("read committed");
        connection.close();
    }

    @Test
    void connect_passwordChanged_isNotTheOldConnection() throws SQLException, IOException {
        Path file = Files.writeString(folder.resolve("secret"), "first\n");
        PostgresDialect dialect = new PostgresDialect(
                TestPostgres.url(), Map.of("DISCREET_LEDGER_PASSWORD_FILE", file.toString(), "OTHER", "1"));
        Connection first = dialect.connect(false);
        dialect.keep(first);
        assertThat(dialect.connect(false)).isSameAs(first);
        Files.writeString(file, "second\n");
        dialect.keep(first);
        Connection second = dialect.connect(false);
        assertThat(second).as("opened with the old one").isNotSameAs(first);
        Files.delete(file);
        dialect.keep(second);
        dialect.close();
        assertThat(first.isClosed()).isTrue();
        assertThat(second.isClosed()).isTrue();
    }

    @Test
    void key_ofAnEnvironment_holdsNoPassword() {
        assertThat(KEY.toString()).doesNotContain("secret");
    }
}
