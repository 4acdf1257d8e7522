package discreet.bench;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import org.junit.jupiter.api.Test;

/** Holds the benchmarks to the rules of the command line. */
class ArchitectureTest {
    private static final JavaClasses BENCH = new ClassFileImporter()
            .importUrl(Bench.class.getProtectionDomain().getCodeSource().getLocation());

    /**
     * picocli inspects every method of a command, so one Spark type in a signature would load Spark for
     * {@code --help}.
     */
    @Test
    void commands_any_doNotNameSpark() {
        noClasses()
                .that(simpleNameEndingWith("Command"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
                .check(BENCH);
    }

    @Test
    void bench_any_drawsNoNoiseOfItsOwn() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ChargedRelease.class, Exact.class)
                .orShould()
                .dependOnClassesThat(resideInAPackage("discreet.noise").and(simpleNameEndingWith("Gaussian")))
                .check(BENCH);
    }

    @Test
    void bench_any_neverPrintsAStackTrace() {
        noClasses().should().callMethod(Throwable.class, "printStackTrace").check(BENCH);
    }
}
