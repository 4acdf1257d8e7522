package discreet.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Rules that keep the command line thin. Commands do not load Spark, jobs use it, and neither draws noise.
 */
class ArchitectureTest {
    private static final String ROOT = "discreet.cli.";

    /**
     * The packages of the command line, each with the others that it may use. A command group uses the shared
     * packages and no other group.
     */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("shared", Set.of()),
            Map.entry("page", Set.of()),
            Map.entry("ledger", Set.of("shared")),
            Map.entry("check", Set.of("shared", "page")),
            Map.entry("train", Set.of("shared")),
            Map.entry("recommend", Set.of("shared")),
            Map.entry("evaluate", Set.of("shared")),
            Map.entry("forecast", Set.of("shared", "page")),
            Map.entry("statement", Set.of("shared", "page")),
            Map.entry("sample", Set.of("shared")));

    private static final int MAX_TYPES = 45;

    private static final JavaClasses JOBS = new ClassFileImporter()
            .importUrl(Discreet.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void commandsAndMixins_any_doNotNameSpark() {
        CommandRules.checkCommandsDoNotNameSpark(JOBS);
    }

    @Test
    void jobs_any_doNotDrawNoise() {
        CommandRules.checkDrawNoNoise(JOBS);
    }

    @Test
    void groups_any_useOnlyWhatTheyMay() {
        MAY_USE.forEach((group, others) -> onlyUses(group, others).check(JOBS));
        assertThatThrownBy(() -> onlyUses("statement", Set.of("shared")).check(JOBS))
                .isInstanceOf(AssertionError.class);
    }

    private static ArchRule onlyUses(String group, Set<String> others) {
        String[] allowed = Stream.concat(Stream.of(group), others.stream())
                .map(ROOT::concat)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(ROOT + group)
                .should()
                .dependOnClassesThat(resideInAPackage("discreet.cli..").and(not(resideInAnyPackage(allowed))));
    }

    /** A grant that no class needs would let a dependency come back unseen. */
    @Test
    void grants_all_areUsed() {
        assertThat(unused(MAY_USE)).isEmpty();
        assertThat(unused(Map.of("ledger", Set.of("shared", "page")))).containsExactly("ledger -> page");
    }

    private static List<String> unused(Map<String, Set<String>> grants) {
        Set<String> used = JOBS.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getOriginClass().getPackageName() + " -> "
                        + dependency.getTargetClass().getPackageName())
                .collect(toSet());
        return grants.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(other -> !used.contains(ROOT + entry.getKey() + " -> " + ROOT + other))
                        .map(other -> entry.getKey() + " -> " + other))
                .sorted()
                .toList();
    }

    @Test
    void packages_all_areListedAndHaveAtMost45Types() {
        assertThat(unlisted(JOBS)).isEmpty();
        assertThat(larger(JOBS, MAX_TYPES)).isEmpty();
        assertThat(unlisted(new ClassFileImporter().importClasses(Test.class))).isNotEmpty();
        assertThat(larger(JOBS, 2)).isNotEmpty();
    }

    private static Set<String> unlisted(JavaClasses types) {
        return types.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals("discreet.cli")
                        && !(name.startsWith(ROOT) && MAY_USE.containsKey(name.substring(ROOT.length()))))
                .collect(toSet());
    }

    private static List<String> larger(JavaClasses types, long most) {
        Map<String, Long> sizes = types.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(groupingBy(JavaClass::getPackageName, counting()));
        return sizes.entrySet().stream()
                .filter(size -> size.getValue() > most)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void jobs_any_neverPrintAStackTrace() {
        CommandRules.checkPrintNoStackTrace(JOBS);
    }
}
