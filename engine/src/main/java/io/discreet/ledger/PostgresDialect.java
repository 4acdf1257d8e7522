package io.discreet.ledger;

import io.discreet.privacy.DiscreetException;
import io.discreet.privacy.InputException;
import io.discreet.privacy.RunException;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * PostgreSQL. A transaction that writes locks one population (FOR UPDATE on its row) and runs under READ COMMITTED, so that
 * whoever waited for the lock then sees what was written meanwhile; one that reads sees one snapshot (REPEATABLE READ, READ
 * ONLY). A commit that the server may forget is refused: {@code synchronous_commit} is set for the connection and
 * {@code fsync} has to be on.
 *
 * <p>User and password are never part of the URL, which other people see in a list of processes. Neither is ever shown.
 */
final class PostgresDialect implements Dialect {

    static final String PREFIX = "jdbc:postgresql:";

    private static final String FORM = "jdbc:postgresql://HOST:PORT/DATABASE";
    private static final String HOST = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?";
    private static final Pattern PLACE =
            Pattern.compile("jdbc:postgresql://(?:" + HOST + "(?:," + HOST + ")*)?/[A-Za-z0-9._%+-]+");
    private static final Set<String> SECRETS = Set.of("password", "sslpassword");
    private static final String CREDENTIALS = "Set PGUSER and PGPASSWORD, name a file that holds the password in"
            + " DISCREET_LEDGER_PASSWORD_FILE, or write a line into ~/.pgpass (or $PGPASSFILE).";

    private static final int CONNECT_SECONDS = 10;
    private static final int SOCKET_SECONDS = 120;
    private static final int LOCK_SECONDS = 60;
    private static final int IDLE_SECONDS = 600;

    /** Any number that nobody else takes for a lock of this kind. */
    private static final long OPENING = 0x446973637265657aL;

    private final Map<String, String> environment;
    private final String url;
    private final String place;

    PostgresDialect(String url) {
        this(url, System.getenv());
    }

    PostgresDialect(String url, Map<String, String> environment) {
        this.environment = environment;
        this.url = url;
        this.place = place(url);
    }

    /** The URL without its parameters, if it may be used. The driver logs URLs that it does not understand: it never gets one. */
    private static String place(String url) {
        int question = url.indexOf('?');
        String place = question < 0 ? url : url.substring(0, question);
        if (place.indexOf('@') >= 0) {
            throw new InputException(
                    "Cannot use this as a ledger: its URL names a user or a password, and others can see it. "
                            + CREDENTIALS);
        }
        if (!PLACE.matcher(place).matches()) {
            throw new InputException("Cannot use this as a ledger: its URL is not " + FORM + ".");
        }
        for (String parameter :
                question < 0 ? new String[0] : url.substring(question + 1).split("&", -1)) {
            if (SECRETS.contains(name(parameter))) {
                throw new InputException(
                        "Cannot use this as a ledger: its URL has a password, and others can see it. " + CREDENTIALS);
            }
        }
        return place;
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        try {
            return URLDecoder.decode(equals < 0 ? parameter : parameter.substring(0, equals), StandardCharsets.UTF_8)
                    .strip()
                    .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new InputException("Cannot use this as a ledger: a parameter of its URL cannot be read. Use " + FORM
                    + "?NAME=VALUE&NAME=VALUE.");
        }
    }

    /** The server is asked by connecting to it. */
    @Override
    public boolean isPresent() {
        return true;
    }

    /** Where {@code search_path} looks, and nowhere else. */
    @Override
    public boolean hasTables(Connection connection) throws SQLException {
        return "t".equals(single(connection, "SELECT to_regclass('ledger_schema') IS NOT NULL"));
    }

    @Override
    public Connection connect(boolean create) throws SQLException {
        Connection idle = IdleConnections.take(key());
        if (idle != null) {
            return idle;
        }
        Connection connection = new Driver().connect(place, properties());
        if (connection == null) {
            throw new InputException("Cannot use the ledger " + place + ": its URL is not " + FORM + ".");
        }
        try {
            prepare(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private IdleConnections.Key key() {
        return new IdleConnections.Key(url, environment);
    }

    @Override
    public void keep(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        IdleConnections.keep(key(), connection);
    }

    @Override
    public void close() throws SQLException {
        IdleConnections.close(key());
    }

    private Properties properties() {
        Properties defaults = new Properties();
        defaults.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        defaults.setProperty("loginTimeout", Integer.toString(2 * CONNECT_SECONDS));
        defaults.setProperty("socketTimeout", Integer.toString(SOCKET_SECONDS));
        defaults.setProperty("tcpKeepAlive", "true");
        defaults.setProperty("ApplicationName", "discreet");
        String user = environment.get("PGUSER");
        if (user != null && !user.isEmpty()) {
            defaults.setProperty("user", user);
        }
        Properties parsed = Driver.parseURL(url, defaults);
        if (parsed == null) {
            throw new InputException("Cannot use the ledger " + place + ": its URL is not " + FORM + ".");
        }
        Properties properties = new Properties();
        parsed.stringPropertyNames().forEach(name -> properties.setProperty(name, parsed.getProperty(name)));
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("readOnly", "false");
        properties.setProperty("autosave", "never");
        String password = password();
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }

    /** Null: the driver looks into $PGPASSFILE and ~/.pgpass. */
    private @Nullable String password() {
        String file = environment.get("DISCREET_LEDGER_PASSWORD_FILE");
        if (file == null || file.isEmpty()) {
            return environment.get("PGPASSWORD");
        }
        try {
            return Files.readString(Path.of(file)).lines().findFirst().orElse("");
        } catch (IOException | InvalidPathException e) {
            throw new InputException(
                    "Cannot use the ledger " + place
                            + ": the file that DISCREET_LEDGER_PASSWORD_FILE names cannot be read. Check its path and permissions.");
        }
    }

    /** A driver that is gone for good must not hold its lock for hours: the server looks for it every half minute. */
    private void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET synchronous_commit = on; SET lock_timeout = '" + LOCK_SECONDS
                            + "s'; SET idle_in_transaction_session_timeout = '" + IDLE_SECONDS
                            + "s'; SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3");
        }
        String durable =
                single(connection, "SELECT current_setting('fsync') || ' ' || current_setting('synchronous_commit')");
        if (!durable.equals("on on")) {
            throw new InputException("Cannot use the ledger " + place
                    + ": its server does not promise that commits last (fsync is off). Turn fsync on and restart it.");
        }
    }

    private static String single(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next() ? String.valueOf(result.getString(1)) : "";
        }
    }

    @Override
    public void beginWrite(Connection connection) throws SQLException {
        connection.setReadOnly(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
    }

    @Override
    public void beginRead(Connection connection) throws SQLException {
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        connection.commit();
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        connection.rollback();
    }

    /** There is no row yet to lock. */
    @Override
    public void lockOpening(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + OPENING + ")");
        }
    }

    @Override
    public String lockClause() {
        return " FOR UPDATE";
    }

    @Override
    public List<String> schemaResources() {
        return List.of("schema-1.sql", "schema-1-postgresql.sql");
    }

    /** A server has no folder beside it. */
    @Override
    public @Nullable URI defaultStore(String population) {
        return null;
    }

    /** The server's own words may quote rows, and the driver's the URL: neither is passed on. */
    @Override
    public DiscreetException explain(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return switch (state) {
            case "28000", "28P01", "08004" -> input("the server refuses this user or password. " + CREDENTIALS);
            case "3D000" -> input("there is no such database. Have it made (createdb), or correct the URL.");
            case "42501" ->
                input("this user may not do it. Ask the ledger's owner for the grants in docs/architecture.md, or use"
                        + " another user.");
            case "25006" -> input("it is read-only. Use the primary server, and a user that may write.");
            case "3F000" ->
                input("the schema in which its tables belong is missing. Make it, or correct currentSchema.");
            case "55P03" ->
                run(
                        "another program has held its lock for " + LOCK_SECONDS
                                + " seconds. Try again when it has ended.",
                        e);
            case "40001", "40P01" -> run("another program was in the way. Run this again.", e);
            case "53100" -> run("its server's disk is full. Make room there, then run this again.", e);
            case "53300" -> run("its server has no connection left. Try again later.", e);
            case "08001" ->
                run("the server cannot be reached. Check host and port, and that it runs and takes connections.", e);
            case "57P03" -> run("the server is starting up or shutting down. Try again in a moment.", e);
            case "57014" -> run("the server stopped a statement that took too long. Try again later.", e);
            default ->
                state.startsWith("08") || state.startsWith("57P") || state.equals("25P03")
                        ? run(
                                "the connection to it was lost. Run this again, a training with the same release id: what was"
                                        + " committed is found there.",
                                e)
                        : run("its server reports SQLSTATE " + state + ". Check it with `discreet ledger verify`.", e);
        };
    }

    private InputException input(String why) {
        return new InputException("Cannot use the ledger " + place + ": " + why);
    }

    private RunException run(String why, SQLException cause) {
        return new RunException("Cannot use the ledger " + place + ": " + why, cause);
    }
}
