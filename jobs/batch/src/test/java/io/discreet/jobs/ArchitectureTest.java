package io.discreet.jobs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.discreet.ledger.Exact;
import io.discreet.ledger.Training;
import org.junit.jupiter.api.Test;

/** The command line is thin: commands without Spark, jobs with it, and nobody here draws noise. */
class ArchitectureTest {
    private static final JavaClasses JOBS = new ClassFileImporter()
            .importUrl(Discreet.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void commands_doNotNameSpark() {
        // picocli looks at every method of a command: one Spark type in a signature loads Spark for `ledger show`.
        noClasses()
                .that(simpleNameEndingWith("Command"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
                .check(JOBS);
    }

    @Test
    void jobs_doNotDrawNoiseThemselves() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Training.class, Exact.class)
                .orShould()
                .dependOnClassesThat(resideInAPackage("io.discreet.noise").and(simpleNameEndingWith("Gaussian")))
                .check(JOBS);
    }

    @Test
    void classes_exceptTheMainClass_arePackagePrivate() {
        classes()
                .that()
                .resideInAPackage("io.discreet.jobs")
                .and()
                .arePublic()
                .should()
                .haveSimpleName("Discreet")
                .check(JOBS);
    }

    @Test
    void jobs_neverPrintAStackTrace() {
        noClasses().should().callMethod(Throwable.class, "printStackTrace").check(JOBS);
    }
}
