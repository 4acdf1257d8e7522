package discreet.ledger;

import discreet.DiscreetException;
import discreet.InputException;
import discreet.Remedy;
import discreet.RunException;
import discreet.files.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Keeps the ledger in PostgreSQL. A transaction that writes locks one population (FOR UPDATE on its row) and
 * runs under READ COMMITTED, so that after waiting for the lock it sees what was written meanwhile. A
 * transaction that reads sees one snapshot (REPEATABLE READ, READ ONLY). A commit that the server may forget
 * is refused. {@code synchronous_commit} is set for every transaction, and {@code fsync} has to be on.
 * Nothing is set for longer than a transaction, because behind a pooler the next one may have another
 * session.
 *
 * <p>A password is never part of the URL, which other people see in a list of processes. A user name may be.
 * Neither is ever shown. Driver parameters that load classes, or change what is set here, are refused.
 */
final class PostgresDialect implements Dialect {

    static final String PREFIX = "jdbc:postgresql:";

    private static final String FORM = "jdbc:postgresql://HOST:PORT/DATABASE";
    private static final String HOST = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?";
    private static final Pattern PLACE =
            Pattern.compile("jdbc:postgresql://(?:" + HOST + "(?:," + HOST + ")*)?/[A-Za-z0-9._%+-]+");
    private static final Set<String> SECRETS = Set.of("password", "sslpassword");
    /** The driver's spelling. The driver ignores other spellings. */
    private static final Set<String> PARAMETERS = new TreeSet<>(List.of(
            "ApplicationName",
            "channelBinding",
            "connectTimeout",
            "currentSchema",
            "gssEncMode",
            "hostRecheckSeconds",
            "loadBalanceHosts",
            "loginTimeout",
            "prepareThreshold",
            "socketTimeout",
            "ssl",
            "sslcert",
            "sslkey",
            "sslmode",
            "sslnegotiation",
            "sslrootcert",
            "targetServerType",
            "tcpKeepAlive",
            "user"));

    private static final String CREDENTIALS = "Set PGUSER and PGPASSWORD, name a file that holds the password in"
            + " DISCREET_LEDGER_PASSWORD_FILE, or write a line into ~/.pgpass (or $PGPASSFILE).";

    private static final int CONNECT_SECONDS = 10;
    private static final int SOCKET_SECONDS = 120;
    private static final int LOCK_SECONDS = 60;
    private static final int IDLE_SECONDS = 600;

    /**
     * Sets the options of a transaction. A driver that is gone for good must not hold its lock for hours, so
     * the server looks for it every half minute.
     */
    private static final String SETTINGS =
            "SET LOCAL synchronous_commit = on; SET LOCAL lock_timeout = '" + LOCK_SECONDS
                    + "s'; SET LOCAL idle_in_transaction_session_timeout = '" + IDLE_SECONDS
                    + "s'; SET LOCAL tcp_keepalives_idle = 30; SET LOCAL tcp_keepalives_interval = 10;"
                    + " SET LOCAL tcp_keepalives_count = 3";

    /** Any number that no other program uses for a lock of this kind. */
    private static final long OPENING = 0x446973637265657aL;

    private final Map<String, String> environment;
    private final String url;
    private final String place;

    /** Which password opened a connection. The password may have changed by the time the transaction ends. */
    private final Map<Connection, IdleConnections.Key> used = Collections.synchronizedMap(new WeakHashMap<>());

    PostgresDialect(String url) {
        this(url, System.getenv());
    }

    PostgresDialect(String url, Map<String, String> environment) {
        this.environment = environment;
        this.url = url;
        this.place = place(url);
    }

    /**
     * Returns the URL without its parameters, if it may be used. The driver logs URLs that it does not
     * understand, so it never gets one.
     */
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
        if (question >= 0) {
            for (String parameter : url.substring(question + 1).split("&", -1)) {
                checkParameter(parameter);
            }
        }
        return place;
    }

    private static void checkParameter(String parameter) {
        if (SECRETS.contains(name(parameter))) {
            throw new InputException(
                    "Cannot use this as a ledger: its URL has a password, and others can see it. " + CREDENTIALS);
        }
        int equals = parameter.indexOf('=');
        if (equals < 0 || !PARAMETERS.contains(parameter.substring(0, equals))) {
            throw new InputException(
                    "Cannot use this as a ledger: a parameter of its URL is not one that a ledger takes. It"
                            + " takes NAME=VALUE with these names, in this spelling: " + String.join(", ", PARAMETERS)
                            + ".");
        }
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

    /** Always true, because only connecting shows whether the server is there. */
    @Override
    public boolean isPresent() {
        return true;
    }

    /** Looks where {@code search_path} looks, and nowhere else. */
    @Override
    public boolean hasTables(Connection connection) throws SQLException {
        return "t".equals(single(connection, "SELECT to_regclass('ledger_schema') IS NOT NULL"));
    }

    @Override
    public Connection connect(boolean create) throws SQLException {
        String password = password();
        IdleConnections.Key key = key(password);
        Connection connection = IdleConnections.take(key);
        if (connection == null) {
            connection = new Driver().connect(place, properties(password));
            if (connection == null) {
                throw new InputException("Cannot use the ledger " + place + ": its URL is not " + FORM + ".");
            }
            try {
                requireDurable(connection);
            } catch (SQLException | RuntimeException e) {
                Dialect.discard(connection);
                throw e;
            }
        }
        used.put(connection, key);
        return connection;
    }

    /**
     * Returns the key of the connections that this password opens. Without a password the driver reads a
     * file, and the key changes when that file does.
     */
    private IdleConnections.Key key(@Nullable String password) {
        MessageDigest digest = Sha256.digest();
        if (password != null) {
            digest.update(password.getBytes(StandardCharsets.UTF_8));
        } else {
            digest.update(passFile());
        }
        return new IdleConnections.Key(
                url, environment.getOrDefault("PGUSER", ""), HexFormat.of().formatHex(digest.digest()));
    }

    private byte[] passFile() {
        String named = environment.get("PGPASSFILE");
        try {
            return Files.readAllBytes(
                    named == null ? Path.of(System.getProperty("user.home", ""), ".pgpass") : Path.of(named));
        } catch (IOException | InvalidPathException e) {
            return new byte[0]; // without a file the driver uses no password
        }
    }

    @Override
    public void keep(Connection connection) {
        IdleConnections.Key key = used.remove(connection);
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            key = null;
        }
        if (key == null) {
            Dialect.discard(connection);
        } else {
            IdleConnections.keep(key, connection);
        }
    }

    @Override
    public void close() {
        IdleConnections.close(url);
    }

    private Properties properties(@Nullable String password) {
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
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }

    /** Returns the password, or null if the driver is to look into $PGPASSFILE and ~/.pgpass. */
    private @Nullable String password() {
        String file = environment.get("DISCREET_LEDGER_PASSWORD_FILE");
        if (file == null || file.isEmpty()) {
            return environment.get("PGPASSWORD");
        }
        try {
            return Files.readString(Path.of(file)).lines().findFirst().orElse("");
        } catch (IOException | InvalidPathException e) {
            throw new InputException("Cannot use the ledger " + place
                    + ": the file that DISCREET_LEDGER_PASSWORD_FILE names cannot be read."
                    + " Check its path and permissions.");
        }
    }

    private void requireDurable(Connection connection) throws SQLException {
        if (!single(connection, "SELECT current_setting('fsync')").equals("on")) {
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
        begin(connection, "READ COMMITTED");
    }

    @Override
    public void beginRead(Connection connection) throws SQLException {
        begin(connection, "REPEATABLE READ, READ ONLY");
    }

    private static void begin(Connection connection, String characteristics) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL " + characteristics + "; " + SETTINGS);
        }
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        connection.commit();
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        connection.rollback();
    }

    /** Takes an advisory lock, because there is no row yet to lock. */
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
        return List.of("schema-3.sql", "schema-3-postgresql.sql");
    }

    /** Returns null, because a server has no folder beside it. */
    @Override
    public @Nullable URI defaultStore(String population) {
        return null;
    }

    /**
     * Explains an error by its SQLSTATE. The server's own words may quote rows, and the driver's may quote
     * the URL, so neither is passed on.
     */
    @Override
    public DiscreetException explain(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return switch (state) {
            case "28000", "28P01", "08004" -> input("the server refuses this user or password. " + CREDENTIALS);
            case "3D000" -> input("there is no such database. Have it made (createdb), or correct the URL.");
            case "42501" ->
                input("this user lacks a permission. Ask the ledger's owner for the grants in docs/guide/ledger.md,"
                        + " or use another user.");
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
                                "the connection to it was lost. Run this again, with the same release id if it was a"
                                        + " release. What was committed is kept.",
                                e)
                        : new RunException(
                                "Cannot use the ledger " + place + ": its server reports SQLSTATE " + state
                                        + ". Verify the ledger.",
                                Remedy.verifyLedger(),
                                e);
        };
    }

    private InputException input(String why) {
        return new InputException("Cannot use the ledger " + place + ": " + why);
    }

    private RunException run(String why, SQLException cause) {
        return new RunException("Cannot use the ledger " + place + ": " + why, cause);
    }
}
