package discreet;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import discreet.ledger.ChargedRelease;
import discreet.ledger.ReleaseId;
import discreet.natives.NativeLibrary;
import discreet.spark.DiscreetModel;
import discreet.spark.evaluate.Split;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Enforces the layers of the engine and bans what must not occur in it at all. */
class ArchitectureTest {
    private static final String ROOT = "discreet.";

    /**
     * The packages that each package may use, beside itself and the exceptions in the root. Every package
     * must be listed.
     */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("natives", Set.of()),
            Map.entry("noise", Set.of("natives")),
            Map.entry("privacy", Set.of("noise")),
            Map.entry("files", Set.of()),
            Map.entry("catalogue", Set.of("files")),
            Map.entry("history", Set.of("files", "catalogue", "privacy")),
            Map.entry("statistics", Set.of("catalogue", "history", "natives")),
            Map.entry("ledger", Set.of("privacy", "noise")),
            Map.entry("model", Set.of("statistics", "history", "catalogue", "privacy")),
            Map.entry("plan", Set.of("model", "ledger", "statistics", "history", "catalogue", "privacy", "noise")),
            Map.entry("statement", Set.of("plan", "model", "ledger", "statistics", "privacy")),
            Map.entry("evaluate", Set.of("plan", "model", "statistics", "history", "catalogue", "privacy")),
            Map.entry("evaluate.baselines", Set.of("evaluate", "history", "statistics")),
            Map.entry("evaluate.movielens", Set.of("evaluate", "history")),
            Map.entry(
                    "forecast",
                    Set.of("evaluate", "evaluate.baselines", "plan", "model", "statistics", "catalogue", "privacy")),
            Map.entry("spark.ratings", Set.of("files", "history", "catalogue", "privacy")),
            Map.entry("spark.lists", Set.of("spark.ratings", "model", "files", "history", "catalogue")),
            Map.entry(
                    "spark.train",
                    Set.of(
                            "spark.ratings",
                            "plan",
                            "model",
                            "ledger",
                            "statistics",
                            "history",
                            "catalogue",
                            "privacy",
                            "noise",
                            "natives")),
            Map.entry(
                    "spark.evaluate",
                    Set.of(
                            "spark.ratings",
                            "evaluate",
                            "plan",
                            "model",
                            "ledger",
                            "history",
                            "catalogue",
                            "privacy",
                            "natives")),
            Map.entry(
                    "spark",
                    Set.of(
                            "spark.train",
                            "spark.lists",
                            "spark.ratings",
                            "plan",
                            "model",
                            "ledger",
                            "history",
                            "catalogue",
                            "privacy")));

    private static final String[] SPARK = {"org.apache.spark..", "scala.."};

    private static final Set<String> PERSISTS_OR_COUNTS = Set.of(
            "persist",
            "cache",
            "checkpoint",
            "localCheckpoint",
            "accumulator",
            "longAccumulator",
            "doubleAccumulator",
            "collectionAccumulator");

    private static final JavaClasses ENGINE = new ClassFileImporter()
            .importUrls(List.of(
                    NativeLibrary.class.getProtectionDomain().getCodeSource().getLocation(),
                    DiscreetModel.class.getProtectionDomain().getCodeSource().getLocation()));

    static Stream<String> packages() {
        return MAY_USE.keySet().stream().sorted();
    }

    private static ArchRule onlyUses(String name, Set<String> others) {
        String[] allowed = Stream.concat(Stream.of(name), others.stream())
                .map(ROOT::concat)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(ROOT + name)
                .should()
                .dependOnClassesThat(resideInAPackage("discreet..")
                        .and(not(resideInAnyPackage(allowed)))
                        .and(not(resideInAPackage("discreet"))));
    }

    private static ArchRule freeOfSpark(DescribedPredicate<JavaClass> which) {
        return noClasses().that(which).should().dependOnClassesThat().resideInAnyPackage(SPARK);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void package_any_usesOnlyAllowedPackages(String name) {
        onlyUses(name, MAY_USE.getOrDefault(name, Set.of())).check(ENGINE);
    }

    @Test
    void package_any_isListedAndNullMarked() {
        Set<String> known =
                Set.copyOf(MAY_USE.keySet().stream().map(name -> ROOT + name).toList());
        for (JavaClass type : ENGINE) {
            if (type.getPackageName().equals("discreet")) {
                continue;
            }
            assertThat(known).as(type.getName()).contains(type.getPackageName());
            assertThat(type.getPackage().isAnnotatedWith(NullMarked.class))
                    .as(type.getPackageName())
                    .isTrue();
        }
    }

    /** Every package may use the exceptions in the root, so the root may use none of them. */
    @Test
    void root_any_usesNoPackage() {
        noClasses()
                .that()
                .resideInAPackage("discreet")
                .should()
                .dependOnClassesThat(resideInAPackage("discreet..").and(not(resideInAPackage("discreet"))))
                .check(ENGINE);
    }

    @Test
    void packages_all_areFreeOfCycles() {
        slices().matching("discreet.(**)").should().beFreeOfCycles().check(ENGINE);
    }

    /** The class path of core has no Spark either. This rule names the class that breaks it. */
    @Test
    void core_any_doesNotUseSpark() {
        freeOfSpark(not(resideInAPackage("discreet.spark.."))).check(ENGINE);
    }

    /** Hadoop's classes take half a second to load, and a ledger with a local store works without them. */
    @Test
    void ledger_exceptHadoopStore_doesNotUseHadoop() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "ledger")
                .and()
                .haveNameNotMatching(".*\\.HadoopStore(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hadoop..")
                .check(ENGINE);
    }

    @Test
    void rules_onViolations_fail() {
        assertThatThrownBy(() ->
                        freeOfSpark(resideInAPackage(ROOT + "spark.ratings")).check(ENGINE))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> onlyUses("spark.train", Set.of("model")).check(ENGINE))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(
                        () -> noRandomness(describe("anything", type -> true)).check(ENGINE))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> drawsNoise(describe("anything", type -> true)).check(ENGINE))
                .isInstanceOf(AssertionError.class);
    }

    /**
     * Only two mechanisms draw noise, and only a charged release has a mechanism. No other code can draw
     * noise without a charge.
     */
    @Test
    void noise_release_isCalledByChargedReleasesAlone() {
        drawsNoise(not(DRAWS)).check(ENGINE);
        noClasses()
                .that(not(DRAWS)
                        .and(describe(
                                "are not ChargedRelease",
                                type -> !type.getName().equals(ChargedRelease.class.getName()))))
                .should()
                .dependOnClassesThat(DRAWS)
                .check(ENGINE);
    }

    private static final DescribedPredicate<JavaClass> DRAWS = describe(
            "are mechanisms of the ledger",
            type -> type.getName().matches("discreet\\.ledger\\.\\w*Mechanism(\\$.*)?"));

    private static ArchRule drawsNoise(DescribedPredicate<JavaClass> which) {
        return noClasses()
                .that(which.and(not(resideInAPackage(ROOT + "noise"))))
                .should()
                .accessTargetWhere(describe("draw noise", ArchitectureTest::drawsNoise));
    }

    private static boolean drawsNoise(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        return target.getOwner().getPackageName().equals(ROOT + "noise")
                && target.getName().equals("release");
    }

    /**
     * Noise comes from OpenDP's generator and has no seed. Any other source of randomness needs an argument
     * of its own. Hold-outs of public users have one. The forecast has another, because its users are
     * invented and its noise protects no one. That holds as long as no rating reaches the forecast and no
     * release uses it, which the next two rules enforce.
     */
    @Test
    void engine_exceptReleaseIdsEvaluationAndForecast_isDeterministic() {
        noRandomness(not(resideInAnyPackage(ROOT + "evaluate.movielens", ROOT + "forecast"))
                        .and(describe(
                                "make neither release ids nor names of temporary folders",
                                type -> !type.getName().equals(ReleaseId.class.getName())
                                        && !type.getName().equals(Split.class.getName()))))
                .check(ENGINE);
        // The split decides who is charged. Its one random value is the name of a temporary folder.
        noClasses()
                .that()
                .haveFullyQualifiedName(Split.class.getName())
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Random|SplittableRandom)|java\\.security\\.SecureRandom")
                .check(ENGINE);
    }

    /**
     * The forecast reads only what is released. It may not use the reading of ratings, the splits, training,
     * the ledger's sums, or files.
     */
    @Test
    void forecast_any_neverReadsRatings() {
        readsRatings(resideInAPackage(ROOT + "forecast")).check(ENGINE);
        assertThatThrownBy(() ->
                        readsRatings(resideInAPackage(ROOT + "spark.train")).check(ENGINE))
                .isInstanceOf(AssertionError.class);
    }

    private static ArchRule readsRatings(DescribedPredicate<JavaClass> which) {
        return noClasses()
                .that(which)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "spark..",
                        ROOT + "ledger..",
                        ROOT + "history..",
                        ROOT + "files..",
                        ROOT + "evaluate.movielens..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("discreet\\.catalogue\\.CatalogueReader.*")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.(io\\.(File|InputStream|Reader).*|nio\\.file\\..*)");
    }

    /**
     * Simulated noise must not be mistaken for real noise, so no other package of the engine may use the
     * forecast.
     */
    @Test
    void forecast_any_isUsedByNoOtherPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "forecast")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "forecast")
                .check(ENGINE);
    }

    private static ArchRule noRandomness(DescribedPredicate<JavaClass> which) {
        return noClasses()
                .that(which)
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.util\\.(Random|SplittableRandom|UUID|concurrent\\.ThreadLocalRandom|random\\..*)"
                                + "|java\\.security\\.SecureRandom|scala\\.util\\.Random")
                .orShould()
                .callMethod(Math.class, "random");
    }

    @Test
    void engine_any_printsAndLogsNothing() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(ENGINE);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(ENGINE);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "org.apache.logging..", "org.apache.commons.logging..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.apache.spark.internal.Logging")
                .check(ENGINE);
    }

    /** Persisted data outlives the release, and accumulators count retried tasks again. */
    @Test
    void spark_anyCall_neitherPersistsNorCounts() {
        noClasses()
                .should()
                .accessTargetWhere(describe(
                        "persist data or use accumulators",
                        access -> access.getTargetOwner().getPackageName().startsWith("org.apache.spark")
                                && PERSISTS_OR_COUNTS.contains(
                                        access.getTarget().getName())))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("org\\.apache\\.spark\\.(util\\..*Accumulator.*|storage\\.StorageLevel)")
                .check(ENGINE);
    }

    @Test
    void nativeCode_loading_happensInNativesOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "natives")
                .should()
                .callMethod(System.class, "load", String.class)
                .orShould()
                .callMethod(System.class, "loadLibrary", String.class)
                .check(ENGINE);
    }

    @Test
    void names_any_avoidVagueSuffixes() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Manager|Impl|Helper)")
                .check(ENGINE);
    }
}
