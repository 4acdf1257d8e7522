package discreet.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Holds the rules of every module with commands. Each rule is shown to fail on a class that breaks it. */
public final class CommandRules {
    private CommandRules() {}

    /**
     * Checks that neither commands nor their mixins name Spark. picocli inspects every method of them, so one
     * Spark type in a signature would load Spark for {@code ledger show} or {@code --help}.
     */
    public static void checkCommandsDoNotNameSpark(JavaClasses types) {
        ArchRule rule = noClasses()
                .that(simpleNameEndingWith("Command").or(HAS_OPTIONS))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..");
        rule.check(types);
        assertFails(rule, SparkCommand.class);
        assertFails(rule, SparkMixin.class);
    }

    /** Checks that only the engine draws noise. */
    public static void checkDrawNoNoise(JavaClasses types) {
        ArchRule rule = noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ChargedRelease.class, Exact.class)
                .orShould()
                .dependOnClassesThat(resideInAPackage("discreet.noise").and(simpleNameEndingWith("Gaussian")));
        rule.check(types);
        assertFails(rule, Releases.class);
    }

    public static void checkPrintNoStackTrace(JavaClasses types) {
        ArchRule rule = noClasses()
                .should()
                .callMethodWhere(describe(
                        "print a stack trace",
                        call -> call.getName().equals("printStackTrace")
                                && call.getTargetOwner().isAssignableTo(Throwable.class)));
        rule.check(types);
        assertFails(rule, PrintsAStackTrace.class);
    }

    static void assertFails(ArchRule rule, Class<?>... broken) {
        JavaClasses types = new ClassFileImporter().importClasses(broken);
        assertThatThrownBy(() -> rule.check(types)).isInstanceOf(AssertionError.class);
    }

    private static final DescribedPredicate<JavaClass> HAS_OPTIONS = describe(
            "have annotations of picocli",
            type -> Stream.concat(Stream.of(type), type.getMembers().stream())
                    .anyMatch(CommandRules::hasAnnotationOfPicocli));

    private static boolean hasAnnotationOfPicocli(CanBeAnnotated element) {
        return element.isAnnotatedWith(describe(
                "of picocli",
                annotation -> annotation.getRawType().getPackageName().equals("picocli")));
    }

    private static final class SparkCommand {
        @Nullable
        SparkSession session() {
            return null;
        }
    }

    private static final class SparkMixin {
        @Option(names = "--twin")
        boolean twin;

        @Nullable
        SparkSession session() {
            return null;
        }
    }

    private static final class Releases {
        String id(ChargedRelease release) {
            return release.releaseId();
        }
    }

    private static final class PrintsAStackTrace {
        void print(Exception error) {
            error.printStackTrace();
        }
    }
}
