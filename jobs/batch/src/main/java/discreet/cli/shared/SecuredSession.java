package discreet.cli.shared;

import discreet.InputException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * A Spark session inside the operator's boundary: no UI, no event log, shuffle and spill files encrypted, and in local mode
 * nothing that listens beyond this machine. Whatever spark-submit set stays as it is.
 *
 * <p>While it is open nothing but the command itself writes to stdout and stderr: libraries print there what they fail on.
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
        try {
            return new SecuredSession(SparkSession.builder().config(conf).getOrCreate(), out, err);
        } catch (RuntimeException | Error e) {
            System.setOut(out);
            System.setErr(err);
            throw e;
        }
    }

    public SparkSession session() {
        return session;
    }

    public static SparkConf configured(SparkConf conf, String command) {
        conf.setIfMissing("spark.master", "local[*]");
        conf.setIfMissing("spark.app.name", "discreet " + command);
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        conf.setIfMissing("spark.eventLog.enabled", "false");
        conf.setIfMissing("spark.io.encryption.enabled", "true");
        conf.setIfMissing("spark.sql.session.timeZone", "UTC");
        conf.setIfMissing("spark.sql.catalogImplementation", "in-memory");
        // How much comes back from tasks depends on people, and passing a limit is seen in the exit code: memory alone
        // is it.
        conf.setIfMissing("spark.driver.maxResultSize", "0");
        // spark-submit has set up its own logging by now: counts of records, and what a failed task had at hand
        conf.set("spark.log.level", "OFF");
        if (isLocal(conf)) {
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
     * Refuses a driver on a machine of the cluster's choosing: what is printed and the exit code, which scripts depend on, would
     * stay there, and so would a model and a ledger in files.
     */
    static void requireClient(SparkConf conf) {
        if (conf.get("spark.submit.deployMode", "client").equals("cluster")) {
            throw new InputException(
                    "Cannot start Spark: with --deploy-mode cluster results, exit code and model would stay"
                            + " on whichever machine the driver runs on. Use --deploy-mode client, on the machine that has the"
                            + " ledger, or reaches it.");
        }
    }

    /** What a cluster lacks so that ratings do not travel in clear between its machines; empty if it lacks nothing. */
    static String missing(SparkConf conf) {
        if (isLocal(conf)) {
            return "";
        }
        boolean authenticates = conf.getBoolean("spark.authenticate", false);
        boolean encrypts = conf.getBoolean("spark.network.crypto.enabled", false)
                || conf.getBoolean("spark.ssl.rpc.enabled", false);
        if (encrypts && !authenticates) {
            throw new InputException(
                    "Cannot start Spark: spark.network.crypto.enabled needs spark.authenticate=true, and"
                            + " on a standalone cluster spark.authenticate.secret for master and workers. Set them, or neither.");
        }
        if (authenticates && conf.get("spark.master").startsWith("spark://") && !hasSecret(conf)) {
            throw new InputException(
                    "Cannot start Spark: spark.authenticate needs a secret on a standalone cluster, the same"
                            + " for master and workers. Put spark.authenticate.secret into the file of --properties-file, not into"
                            + " an argument.");
        }
        return encrypts
                ? ""
                : "Remark: ratings travel unencrypted between the machines of this cluster. Set spark.authenticate=true and"
                        + " spark.network.crypto.enabled=true; a standalone cluster also needs spark.authenticate.secret"
                        + " for master and workers.";
    }

    /** The only place where Spark looks for it on a standalone cluster; files are for Kubernetes. */
    private static boolean hasSecret(SparkConf conf) {
        return conf.contains("spark.authenticate.secret");
    }

    /** What somebody turned on that holds exact counts of records; empty if nothing is. */
    static String shown(SparkConf conf) {
        return conf.getBoolean("spark.ui.enabled", false) || conf.getBoolean("spark.eventLog.enabled", false)
                ? "Remark: Spark's UI or event log is on. They hold exact counts: keep them where ratings may be seen."
                : "";
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
