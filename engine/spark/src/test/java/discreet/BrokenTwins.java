package discreet;

import discreet.privacy.HashRange;
import java.util.logging.Logger;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.LoggerFactory;

/** Holds classes that break rules of {@link ArchitectureTest}, to show that these rules can fail. */
final class BrokenTwins {
    static final Class<?>[] ALL = {
        UsesAPackageFromTheRoot.class,
        Prints.class,
        LogsWithJava.class,
        LogsWithSlf4j.class,
        LoadsNativeCode.class,
        VagueHelper.class
    };

    private BrokenTwins() {}

    static final class UsesAPackageFromTheRoot {
        boolean contains(HashRange users) {
            return users.contains("u");
        }
    }

    static final class Prints {
        void print() {
            System.out.println();
        }
    }

    static final class LogsWithJava {
        private static final Logger LOGGER = Logger.getLogger("twin");

        void log() {
            LOGGER.info("twin");
        }
    }

    static final class LogsWithSlf4j {
        void log() {
            LoggerFactory.getLogger("twin").info("twin");
        }
    }

    static final class Persists {
        JavaRDD<String> persisted(JavaRDD<String> rows) {
            return rows.cache();
        }
    }

    static final class Counts {
        void count(LongAccumulator rows) {
            rows.add(1);
        }
    }

    static final class LoadsNativeCode {
        void load() {
            System.loadLibrary("twin");
        }
    }

    static final class VagueHelper {}
}
