package discreet.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The command line is thin: commands without Spark, jobs with it, and nobody here draws noise. */
class ArchitectureTest {
    private static final String ROOT = "discreet.cli.";

    /** The packages of the command line, and which command groups each builds on. */
    private static final Map<String, Set<String>> BUILDS_ON = Map.ofEntries(
            Map.entry("shared", Set.of()),
            Map.entry("page", Set.of()),
            Map.entry("ledger", Set.of()),
            Map.entry("train", Set.of()),
            Map.entry("recommend", Set.of()),
            Map.entry("evaluate", Set.of()),
            Map.entry("forecast", Set.of()),
            Map.entry("statement", Set.of()),
            Map.entry("sample", Set.of("evaluate")));

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
                .belongToAnyOf(ChargedRelease.class, Exact.class)
                .orShould()
                .dependOnClassesThat(resideInAPackage("discreet.noise").and(simpleNameEndingWith("Gaussian")))
                .check(JOBS);
    }

    /** A command group uses what is shared, never another group, except for the few that build on one. */
    @Test
    void groups_any_useOnlyWhatIsShared() {
        for (Map.Entry<String, Set<String>> group : BUILDS_ON.entrySet()) {
            String[] allowed = Stream.concat(Stream.of(group.getKey(), "shared", "page"), group.getValue().stream())
                    .map(name -> ROOT + name)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + group.getKey())
                    .should()
                    .dependOnClassesThat(resideInAPackage("discreet.cli..").and(not(resideInAnyPackage(allowed))))
                    .check(JOBS);
        }
    }

    @Test
    void packages_all_haveTheirPlaceAndAtMost45Types() {
        Map<String, Long> sizes = JOBS.stream()
                .filter(type -> type.isTopLevelClass())
                .collect(groupingBy(type -> type.getPackageName(), counting()));

        assertThat(sizes.keySet())
                .allMatch(name -> name.equals("discreet.cli") || BUILDS_ON.containsKey(name.substring(ROOT.length())));
        assertThat(sizes.values()).allMatch(size -> size <= 45);
    }

    @Test
    void jobs_neverPrintAStackTrace() {
        noClasses().should().callMethod(Throwable.class, "printStackTrace").check(JOBS);
    }
}
