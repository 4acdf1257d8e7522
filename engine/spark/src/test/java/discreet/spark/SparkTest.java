package discreet.spark;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;

/**
 * Base class of tests on a real Spark. The session is {@code local[2,4]} (two cores, and a task may fail
 * three times) with few partitions, shared by all such tests of a JVM.
 */
public abstract class SparkTest {
    private static final SparkSession SESSION = SparkSession.builder()
            .master("local[2,4]")
            .appName("discreet-test")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 3)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/discreet-test-warehouse")
            .getOrCreate();

    protected static SparkSession spark() {
        return SESSION;
    }

    @BeforeAll
    static void useSharedSession() {
        SparkSession.setActiveSession(SESSION);
    }
}
