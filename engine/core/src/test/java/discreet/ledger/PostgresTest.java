package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.DiscreetException;
import discreet.InputException;
import discreet.RunException;
import discreet.privacy.Budget;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresTest {

    private static final String SECRET = "hunter2";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://me:hunter2@host:5432/db",
                "jdbc:postgresql://hunter2@host/db",
                "jdbc:postgresql:hunter2@db",
                "jdbc:postgresql://host/db?user=me&password=hunter2",
                "jdbc:postgresql://host/db?PassWord=hunter2",
                "jdbc:postgresql://host/db?ssl=true&pass%77ord=hunter2",
                "jdbc:postgresql://host/db?sslpassword=hunter2"
            })
    void open_credentialsInTheUrl_areRefusedWithAdviceAndNotRepeated(String url) {
        assertThatThrownBy(() -> Ledger.open(url))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("others can see it", "PGPASSWORD", "~/.pgpass")
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql:",
                "jdbc:postgresql:db",
                "jdbc:postgresql://host",
                "jdbc:postgresql://host/",
                "jdbc:postgresql://host:x/db",
                "jdbc:postgresql://host/a/b",
                "jdbc:postgresql://host/db?%zz=1"
            })
    void open_urlOfAnotherForm_isRefused(String url) {
        assertThatThrownBy(() -> Ledger.open(url))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("jdbc:postgresql://HOST:PORT/DATABASE");
    }

    /**
     * Parameters are refused if they load classes, change what the ledger sets, or have a spelling that the
     * driver ignores.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "socketFactory=java.lang.Object",
                "sslfactory=org.postgresql.ssl.NonValidatingFactory",
                "authenticationPluginClassName=java.lang.Object",
                "options=-c%20synchronous_commit=off",
                "autosave=always",
                "service=other",
                "SSLMODE=verify-full",
                "ssl%6dode=verify-full",
                "sslmode",
                ""
            })
    void open_parameterThatIsNotOnTheList_isRefusedWithTheList(String parameter) {
        assertThatThrownBy(() -> Ledger.open("jdbc:postgresql://host/db?ssl=true&" + parameter))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("is not one that a ledger takes", "sslmode, ", "currentSchema")
                .hasMessageNotContainingAny("java.lang", "NonValidating");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql:///db",
                "jdbc:postgresql://[::1]:5432/db",
                "jdbc:postgresql://a.example:5432,b.example:5433/db?targetServerType=primary",
                "jdbc:postgresql://host/db?sslmode=verify-full&sslrootcert=/etc/ca.pem",
                "jdbc:postgresql://host/db?user=trainer&connectTimeout=5"
            })
    void open_urlOfThisForm_isTaken(String url) {
        Ledger.open(url).close();
    }

    @Test
    void openPopulation_withoutStore_isRefused() {
        Ledger ledger = Ledger.open(TestDatabase.POSTGRESQL.url(folder));
        assertThatThrownBy(() -> ledger.openPopulation("eu", new Budget(1, 1e-5), null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("`store`");
        assertThat(ledger.populations()).isEmpty();
    }

    @Test
    void populations_tablesInAnotherSchema_areNotTaken() {
        TestDatabase.POSTGRESQL.in(folder, 1);
        Ledger other = Ledger.open(TestDatabase.POSTGRESQL.url(folder.resolve("other")));
        assertThat(other.populations()).isEmpty();
        assertThatThrownBy(() -> other.population(TestLedger.POPULATION)).isInstanceOf(InputException.class);
        Ledger nowhere = Ledger.open(TestPostgres.url() + "&currentSchema=not_made");
        assertThat(nowhere.populations()).isEmpty();
        assertThatThrownBy(() -> nowhere.openPopulation(
                        "eu", new Budget(1, 1e-5), folder.resolve("s").toUri()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("currentSchema");
    }

    @Test
    void rows_truncated_areStillThere() {
        TestLedger test = TestDatabase.POSTGRESQL.in(folder, 1);
        assertThatThrownBy(() -> test.sql("TRUNCATE entry")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> test.sql("TRUNCATE population CASCADE")).isInstanceOf(IllegalStateException.class);
        assertThat(test.population().verify()).isEqualTo(Verification.intact(1));
    }

    @Test
    void connect_serverThatMayForgetCommits_isRefused() throws IOException {
        try (EmbeddedPostgres forgetful = TestPostgres.start("off")) {
            Ledger ledger = Ledger.open(TestPostgres.url(forgetful.getPort()));
            assertThatThrownBy(() -> ledger.openPopulation(
                            "eu", new Budget(1, 1e-5), folder.resolve("s").toUri()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("fsync");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "local", "remote_write"})
    void connect_userWithAsynchronousCommits_commitsDurably(String level) throws Exception {
        TestLedger test = TestDatabase.POSTGRESQL.in(folder, 1);
        String url = as("hasty_" + level, "synchronous_commit = " + level, test);
        String found = new Database(new PostgresDialect(url)).write(() -> "", connection -> {
            try (var statement = connection.createStatement();
                    var result = statement.executeQuery("SHOW synchronous_commit")) {
                return result.next() ? result.getString(1) : "";
            }
        });
        assertThat(found).isEqualTo("on");
    }

    /** Returns the URL of a superuser whose sessions begin with a setting of their own. */
    private static String as(String role, String setting, TestLedger test) {
        if (TestPostgres.ask(test.url(), "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")
                .isEmpty()) {
            TestPostgres.sql(
                    test.url(), "CREATE ROLE " + role + " SUPERUSER LOGIN", "ALTER ROLE " + role + " SET " + setting);
        }
        return test.url().replace("user=postgres", "user=" + role);
    }

    @Test
    void write_readOnlyDatabase_saysSoAndNothingIsCharged() {
        TestLedger test = TestDatabase.POSTGRESQL.in(folder, 1);
        Ledger ledger = Ledger.open(as("reader", "default_transaction_read_only = on", test));
        assertThatThrownBy(() -> ledger.population(TestLedger.POPULATION).reserve(TestLedger.plan("r", 1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("it is read-only");
        assertThat(test.kinds("r")).isEmpty();
    }

    @Test
    void connect_serverAbsentOrSilent_failsSoon() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThatThrownBy(() -> Ledger.open("jdbc:postgresql://localhost:" + free + "/db")
                        .populations())
                .isInstanceOf(RunException.class)
                .hasMessageContaining("cannot be reached");
        try (ServerSocket silent = new ServerSocket(0)) {
            String url = "jdbc:postgresql://localhost:" + silent.getLocalPort() + "/db?loginTimeout=1&user=" + SECRET;
            assertThatThrownBy(() -> Ledger.open(url).populations())
                    .isInstanceOf(RunException.class)
                    .hasMessageNotContaining(SECRET);
        }
    }

    @Test
    void connect_noSuchDatabase_saysSo() {
        assertThatThrownBy(() -> Ledger.open(TestPostgres.url().replace("/postgres", "/nowhere"))
                        .populations())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no such database");
    }

    /** Grants what docs/guide/ledger.md tells an owner to grant to a role that trains. */
    private static void grant(String url, String role) {
        String schema = url.substring(url.indexOf("currentSchema=") + "currentSchema=".length());
        TestPostgres.sql(
                url,
                "GRANT USAGE ON SCHEMA " + schema + " TO " + role,
                "GRANT SELECT ON ledger_schema, population, entry TO " + role,
                "GRANT INSERT ON entry TO " + role,
                "GRANT UPDATE ON population TO " + role);
    }

    @Test
    void grants_asDocumented_areEnoughToReleaseAndForNothingElse() {
        TestLedger test = TestDatabase.POSTGRESQL.in(folder, 2);
        TestPostgres.sql(test.url(), "CREATE ROLE trainer LOGIN");
        grant(test.url(), "trainer");
        String url = test.url().replace("user=postgres", "user=trainer");
        Population population = Ledger.open(url).population(TestLedger.POPULATION);

        TestLedger.releaseAll(population.reserve(TestLedger.plan("r", 1)));

        assertThat(population.verify()).isEqualTo(Verification.intact(10));
        assertThat(Ledger.open(url).populations()).hasSize(1);
        for (String sql : new String[] {
            "UPDATE entry SET rho_units = 0",
            "DELETE FROM entry",
            "TRUNCATE entry",
            "ALTER TABLE entry DISABLE TRIGGER ALL",
            "SET session_replication_role = replica",
            "DROP TRIGGER entry_no_update ON entry",
            "DELETE FROM population",
            "INSERT INTO population VALUES ('us', 0, 0, 0, '')",
            "UPDATE ledger_schema SET version = 3"
        }) {
            assertThatThrownBy(() -> TestPostgres.sql(url, sql)).as(sql).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> Ledger.open(url)
                        .openPopulation(
                                "us", new Budget(1, 1e-5), folder.resolve("us").toUri()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("lacks a permission");
        test.sql("REVOKE INSERT ON entry FROM trainer");
        assertThatThrownBy(() -> population.reserve(TestLedger.plan("s", .5)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("lacks a permission");
        assertThat(test.kinds("s")).isEmpty();
    }

    @Test
    void connect_password_comesFromEnvironmentOrFileAndIsNeverShown() throws IOException {
        TestLedger test = TestDatabase.POSTGRESQL.in(folder, 1);
        Path rules = Path.of(TestPostgres.ask(test.url(), "SHOW hba_file"));
        Files.writeString(rules, "host all locked all scram-sha-256\n" + Files.readString(rules));
        if (TestPostgres.ask(test.url(), "SELECT 1 FROM pg_roles WHERE rolname = 'locked'")
                .isEmpty()) {
            TestPostgres.sql(test.url(), "CREATE ROLE locked LOGIN PASSWORD '" + SECRET + "'");
        }
        TestPostgres.sql(test.url(), "SELECT pg_reload_conf()");
        grant(test.url(), "locked");
        String url = test.url().replace("user=postgres&", "");
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");

        assertThat(names(url, Map.of("PGUSER", "locked", "PGPASSWORD", SECRET))).isEqualTo(1);
        assertThat(names(url, Map.of("PGUSER", "locked", "DISCREET_LEDGER_PASSWORD_FILE", file.toString())))
                .isEqualTo(1);
        for (Map<String, String> wrong : new Map[] {
            Map.of("PGUSER", "locked"),
            Map.of("PGUSER", "locked", "PGPASSWORD", SECRET + "x"),
            Map.of(
                    "PGUSER",
                    "locked",
                    "DISCREET_LEDGER_PASSWORD_FILE",
                    folder.resolve("none").toString())
        }) {
            assertThatThrownBy(() -> names(url, wrong))
                    .isInstanceOf(InputException.class)
                    .hasMessageNotContaining(SECRET);
        }
    }

    /** The driver reads $PGPASSFILE itself, so this is a process of its own. */
    static final class Program {
        public static void main(String[] args) {
            try {
                System.out.println(Ledger.open(args[0]).populations().size());
            } catch (DiscreetException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void connect_passwordFile_isRead() throws Exception {
        connect_password_comesFromEnvironmentOrFileAndIsNeverShown();
        Path pass = Files.writeString(folder.resolve("pgpass"), "localhost:*:*:locked:" + SECRET + "\n");
        ProcessBuilder builder = TestProcess.builder(
                Program.class, TestDatabase.POSTGRESQL.url(folder).replace("user=postgres&", ""));
        builder.environment().put("PGPASSFILE", pass.toString());
        builder.environment().put("PGUSER", "locked");
        Process process = builder.redirectErrorStream(true).start();
        assertThat(process.inputReader().lines()).containsExactly("1");
    }

    private static int names(String url, Map<String, String> environment) {
        return new SqlLedger(new PostgresDialect(url, environment), ProtocolListener.NONE)
                .populations()
                .size();
    }

    @Test
    void explain_anyError_carriesNeitherParametersNorRows() {
        TestLedger test = TestDatabase.POSTGRESQL.in(folder, 1);
        assertThatThrownBy(() -> new Database(test.dialect()).write(() -> "", connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.executeUpdate("INSERT INTO population VALUES ('eu', 0, 0, 0, 'told')");
                    }
                    return "";
                }))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("SQLSTATE 23505")
                .hasMessageNotContainingAny("eu", "told", "user=", "currentSchema")
                .cause()
                .hasMessageNotContainingAny("told", "(eu)");
    }

    @Test
    void store_uri_isTheSameOnEveryMachine() {
        TestLedger test = TestDatabase.POSTGRESQL.in(folder, 1);
        URI store = test.population().status().store();
        assertThat(store).isEqualTo(test.store().toUri());
    }

    /** Moves as docs/guide/ledger.md says: the tables from the schema, and the rows as they are. */
    @Test
    void rowsCopiedFromSqlite_asDocumented_areTheSameLedger() throws SQLException, IOException {
        TestLedger from = TestDatabase.SQLITE.in(Files.createDirectory(folder.resolve("from")));
        Population before = from.ledger()
                .openPopulation(
                        TestLedger.POPULATION, TestLedger.cap(5), from.store().toUri());
        TestLedger.releaseAll(before.reserve(TestLedger.plan("r", 1)));
        TestLedger to = TestDatabase.POSTGRESQL.in(Files.createDirectory(folder.resolve("to")));
        for (String schema : to.dialect().schemaResources()) {
            try (InputStream in = Database.class.getResourceAsStream(schema)) {
                to.sql(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        copy(from, to, "population");
        copy(from, to, "entry");

        Population after = to.population();
        assertThat(after.verify()).isEqualTo(Verification.intact(10));
        assertThat(after.status()).isEqualTo(before.status());
        TestLedger.releaseAll(after.reserve(TestLedger.plan("s", 1)));
        assertThat(after.verify().ok()).isTrue();
        assertThatThrownBy(() -> before.reserve(TestLedger.plan("t", 1)))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("an old copy");
    }

    private static void copy(TestLedger from, TestLedger to, String table) throws SQLException {
        try (Connection source = DriverManager.getConnection(from.url());
                Connection target = DriverManager.getConnection(to.url());
                Statement select = source.createStatement();
                ResultSet rows = select.executeQuery("SELECT * FROM " + table + " ORDER BY 1, 2")) {
            int columns = rows.getMetaData().getColumnCount();
            String places = String.join(", ", Collections.nCopies(columns, "?"));
            try (PreparedStatement insert =
                    target.prepareStatement("INSERT INTO " + table + " VALUES (" + places + ")")) {
                while (rows.next()) {
                    for (int column = 1; column <= columns; column++) {
                        Object value = rows.getObject(column);
                        insert.setObject(column, value);
                    }
                    insert.executeUpdate();
                }
            }
        }
    }

    @Test
    void population_openedBesideASqliteFile_saysSo() throws SQLException, IOException {
        TestLedger from = TestDatabase.SQLITE.in(Files.createDirectory(folder.resolve("from")), 5);
        TestLedger to = TestDatabase.POSTGRESQL.in(Files.createDirectory(folder.resolve("to")), 5);
        to.unguardedSql("DELETE FROM entry", "DELETE FROM population");
        copy(from, to, "population");
        copy(from, to, "entry");

        assertThatThrownBy(to::population)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a store beside a SQLite file");
    }
}
