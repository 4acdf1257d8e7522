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

/**
 * Rules that keep the command line thin. Commands do not load Spark, jobs use it, and neither draws noise.
 */
class ArchitectureTest {
    private static final String ROOT = "discreet.cli.";

    /** The command groups, each with the other groups that it may use. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
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
    void commands_any_doNotNameSpark() {
        // picocli inspects every method of a command, so one Spark type in a signature would load Spark for
        // `ledger show`.
        noClasses()
                .that(simpleNameEndingWith("Command"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
                .check(JOBS);
    }

    @Test
    void jobs_any_doNotDrawNoise() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ChargedRelease.class, Exact.class)
                .orShould()
                .dependOnClassesThat(resideInAPackage("discreet.noise").and(simpleNameEndingWith("Gaussian")))
                .check(JOBS);
    }

    /** A command group uses the shared packages and no other group, except where the map above allows it. */
    @Test
    void groups_any_useOnlySharedPackages() {
        for (Map.Entry<String, Set<String>> group : MAY_USE.entrySet()) {
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
    void packages_all_areListedAndHaveAtMost45Types() {
        Map<String, Long> sizes = JOBS.stream()
                .filter(type -> type.isTopLevelClass())
                .collect(groupingBy(type -> type.getPackageName(), counting()));

        assertThat(sizes.keySet())
                .allMatch(name -> name.equals("discreet.cli") || MAY_USE.containsKey(name.substring(ROOT.length())));
        assertThat(sizes.values()).allMatch(size -> size <= 45);
    }

    @Test
    void jobs_any_neverPrintAStackTrace() {
        noClasses().should().callMethod(Throwable.class, "printStackTrace").check(JOBS);
    }
}
