package discreet.cli.shared;

import discreet.InputException;
import discreet.RunException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;

/**
 * Runs a Spark session that keeps data inside the operator's boundary. The session has no UI and no event
 * log, encrypts shuffle and spill files, and in local mode listens on this machine only and keeps such files
 * from other users of the machine. Settings of spark-submit take precedence.
 *
 * <p>While the session is open, only the command itself writes to stdout and stderr. Libraries would print
 * the records there that they fail on.
 */
public final class SecuredSession implements AutoCloseable {
    private final SparkSession session;
    private final PrintStream out;
    private final PrintStream err;

    private SecuredSession(SparkSession session, PrintStream out, PrintStream err) {
        this.session = session;
        this.out = out;
        this.err = err;
    }

    /** Starts a session for a command and prints remarks on settings that expose data. */
    public static SecuredSession start(String command, PrintWriter remarks) {
        SparkConf conf = configured(new SparkConf(), command);
        requireClient(conf);
        for (String missing : List.of(missing(conf), shown(conf))) {
            if (!missing.isEmpty()) {
                remarks.println(missing);
                remarks.flush();
            }
        }
        PrintStream out = System.out;
        PrintStream err = System.err;
        mute();
        ProcessExit.guardSpark();
        try {
            SparkSession session = SparkSession.builder().config(conf).getOrCreate();
            closeFolders();
            return new SecuredSession(session, out, err);
        } catch (RuntimeException | Error e) {
            System.setOut(out);
            System.setErr(err);
            throw e;
        }
    }

    /** Returns the open session. */
    public SparkSession session() {
        return session;
    }

    /** Fills in the settings of a secured session where nothing else is set. */
    public static SparkConf configured(SparkConf conf, String command) {
        conf.setIfMissing("spark.master", "local[*]");
        conf.setIfMissing("spark.app.name", "discreet " + command);
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        conf.setIfMissing("spark.eventLog.enabled", "false");
        conf.setIfMissing("spark.io.encryption.enabled", "true");
        conf.setIfMissing("spark.sql.session.timeZone", "UTC");
        conf.setIfMissing("spark.sql.catalogImplementation", "in-memory");
        // How much tasks send back depends on the data, and passing a limit would show in the exit code. So
        // there is no limit but memory.
        conf.setIfMissing("spark.driver.maxResultSize", "0");
        // By now spark-submit has set up its own logging, which prints counts of records and rows of failed
        // tasks
        conf.set("spark.log.level", "OFF");
        // A batch is in memory before a long id is noticed. Smaller batches take the same time.
        conf.setIfMissing("spark.sql.parquet.columnarReaderBatchSize", "128");
        if (isLocal(conf)) {
            // Memory that is used up fails the task. Spark would end the program with a code of its own.
            conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
            conf.setIfMissing("spark.driver.host", "127.0.0.1");
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
            conf.setIfMissing(
                    "spark.sql.shuffle.partitions",
                    Integer.toString(2 * Runtime.getRuntime().availableProcessors()));
        }
        return conf;
    }

    private static boolean isLocal(SparkConf conf) {
        return conf.get("spark.master").startsWith("local");
    }

    /**
     * Refuses cluster deploy mode, where the cluster chooses the driver's machine. The printed results and
     * the exit code, which scripts depend on, would stay on that machine, and so would a model and a ledger
     * in files.
     */
    static void requireClient(SparkConf conf) {
        if (conf.get("spark.submit.deployMode", "client").equals("cluster")) {
            throw new InputException(
                    "Cannot start Spark: with --deploy-mode cluster results, exit code and model would stay on the "
                            + "machine that the driver runs on. Use --deploy-mode client, on a machine that has the "
                            + "ledger or reaches it.");
        }
    }

    /** Says what a cluster lacks to encrypt ratings between its machines. Empty if it lacks nothing. */
    static String missing(SparkConf conf) {
        if (isLocal(conf)) {
            return "";
        }
        boolean authenticates = conf.getBoolean("spark.authenticate", false);
        boolean encrypts = conf.getBoolean("spark.network.crypto.enabled", false)
                || conf.getBoolean("spark.ssl.rpc.enabled", false);
        if (encrypts && !authenticates) {
            throw new InputException(
                    "Cannot start Spark: spark.network.crypto.enabled needs spark.authenticate=true, and on a "
                            + "standalone cluster spark.authenticate.secret for master and workers. Set them, or "
                            + "neither.");
        }
        if (authenticates && conf.get("spark.master").startsWith("spark://") && !hasSecret(conf)) {
            throw new InputException(
                    "Cannot start Spark: spark.authenticate needs a secret on a standalone cluster, the same for "
                            + "master and workers. Put spark.authenticate.secret into the file of --properties-file, "
                            + "not into an argument.");
        }
        return encrypts
                ? ""
                : "Remark: ratings travel unencrypted between the machines of this cluster. Set "
                        + "spark.authenticate=true and spark.network.crypto.enabled=true; a standalone cluster also "
                        + "needs spark.authenticate.secret for master and workers.";
    }

    /**
     * Returns whether the secret is set where a standalone cluster looks for it. Spark reads files on
     * Kubernetes only.
     */
    private static boolean hasSecret(SparkConf conf) {
        return conf.contains("spark.authenticate.secret");
    }

    /** Warns of the UI and the event log, which hold exact counts of records. Empty if both are off. */
    static String shown(SparkConf conf) {
        return conf.getBoolean("spark.ui.enabled", false) || conf.getBoolean("spark.eventLog.enabled", false)
                ? "Remark: Spark's UI or event log is on. They hold exact counts: keep them where ratings may be seen."
                : "";
    }

    /**
     * Closes Spark's folders for shuffle and spill files on this machine to its other users. Spark makes them
     * with the permissions that the account gives by default. They are still empty.
     */
    private static void closeFolders() {
        for (File folder : SparkEnv.get().blockManager().diskBlockManager().localDirs()) {
            if (!folder.toPath().getFileSystem().supportedFileAttributeViews().contains("posix")) {
                continue;
            }
            try {
                Files.setPosixFilePermissions(folder.toPath(), PosixFilePermissions.fromString("rwx------"));
            } catch (IOException e) {
                throw new RunException(
                        "Cannot start Spark: other users of this machine may read its temporary folder " + folder
                                + ", and that cannot be changed. Set spark.local.dir to a folder on a local disk.",
                        e);
            }
        }
    }

    private static void mute() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
    }

    @Override
    public void close() {
        try {
            session.stop();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
