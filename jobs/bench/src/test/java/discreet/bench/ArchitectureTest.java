package discreet.bench;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import discreet.cli.CommandRules;
import org.junit.jupiter.api.Test;

/** Holds the benchmarks to the rules of the command line. */
class ArchitectureTest {
    private static final JavaClasses BENCH = new ClassFileImporter()
            .importUrl(Bench.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void commandsAndMixins_any_doNotNameSpark() {
        CommandRules.checkCommandsDoNotNameSpark(BENCH);
    }

    @Test
    void bench_any_drawsNoNoiseOfItsOwn() {
        CommandRules.checkDrawNoNoise(BENCH);
    }

    @Test
    void bench_any_neverPrintsAStackTrace() {
        CommandRules.checkPrintNoStackTrace(BENCH);
    }
}
