package discreet;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
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
import java.util.stream.Collectors;
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
     * must be listed. The compiler copies constants of numbers and texts, so their use needs no grant.
     */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("natives", Set.of()),
            Map.entry("noise", Set.of("natives")),
            Map.entry("privacy", Set.of("noise")),
            Map.entry("files", Set.of()),
            Map.entry("catalogue", Set.of("files")),
            Map.entry("history", Set.of("files", "catalogue", "privacy")),
            Map.entry("statistics", Set.of("catalogue", "history", "natives")),
            Map.entry("ledger", Set.of("privacy", "noise", "files")),
            Map.entry("model", Set.of("statistics", "history", "catalogue", "files", "privacy")),
            Map.entry("plan", Set.of("model", "ledger", "statistics", "history", "catalogue", "privacy", "noise")),
            Map.entry("statement", Set.of("plan", "model", "ledger", "statistics", "catalogue", "privacy")),
            Map.entry("evaluate", Set.of("plan", "model", "history", "catalogue", "privacy")),
            Map.entry("evaluate.baselines", Set.of("evaluate", "history")),
            Map.entry("evaluate.movielens", Set.of("evaluate", "history")),
            Map.entry(
                    "forecast",
                    Set.of("evaluate", "evaluate.baselines", "plan", "model", "statistics", "catalogue", "privacy")),
            Map.entry("spark.ratings", Set.of("files", "history", "catalogue", "privacy")),
            Map.entry("spark.check", Set.of("spark.ratings", "history", "catalogue")),
            Map.entry("spark.lists", Set.of("spark.ratings", "model", "statistics", "files", "history", "catalogue")),
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
                            "spark.train",
                            "files",
                            "plan",
                            "evaluate",
                            "model",
                            "ledger",
                            "statistics",
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

    /** Classes of which each breaks a rule. */
    private static final JavaClasses BROKEN = new ClassFileImporter().importClasses(BrokenTwins.ALL);

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

    /** A grant that no class needs would let a dependency come back unseen. */
    @Test
    void grants_all_areUsed() {
        assertThat(unused(MAY_USE)).isEmpty();
        assertThat(unused(Map.of("noise", Set.of("natives", "ledger")))).containsExactly("noise -> ledger");
    }

    private static List<String> unused(Map<String, Set<String>> grants) {
        Set<String> used = ENGINE.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(ArchitectureTest::packages)
                .collect(Collectors.toSet());
        return grants.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(other -> entry.getKey() + " -> " + other))
                .filter(grant -> !used.contains(grant))
                .sorted()
                .toList();
    }

    private static String packages(Dependency dependency) {
        return name(dependency.getOriginClass()) + " -> " + name(dependency.getTargetClass());
    }

    private static String name(JavaClass type) {
        return type.getPackageName().startsWith(ROOT) ? type.getPackageName().substring(ROOT.length()) : "";
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
        assertThat(unlisted(ENGINE)).isEmpty();
        assertThat(notNullMarked(ENGINE)).isEmpty();
        JavaClasses others = new ClassFileImporter().importClasses(Test.class);
        assertThat(unlisted(others)).isNotEmpty();
        assertThat(notNullMarked(others)).isEqualTo(unlisted(others));
    }

    private static Set<String> unlisted(JavaClasses types) {
        return types.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals("discreet")
                        && !(name.startsWith(ROOT) && MAY_USE.containsKey(name.substring(ROOT.length()))))
                .collect(Collectors.toSet());
    }

    private static Set<String> notNullMarked(JavaClasses types) {
        return types.stream()
                .filter(type -> !type.getPackage().isAnnotatedWith(NullMarked.class))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
    }

    /** Every package may use the exceptions in the root, so the root may use none of them. */
    @Test
    void root_any_usesNoPackage() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("discreet")
                .should()
                .dependOnClassesThat(resideInAPackage("discreet..").and(not(resideInAPackage("discreet"))));
        rule.check(ENGINE);
        assertFails(rule, BROKEN);
    }

    private static void assertFails(ArchRule rule, JavaClasses types) {
        assertThatThrownBy(() -> rule.check(types)).isInstanceOf(AssertionError.class);
    }

    @Test
    void packages_all_areFreeOfCycles() {
        ArchRule rule = slices().matching("discreet.(**)").should().beFreeOfCycles();
        rule.check(ENGINE);
        // Tests of history use discreet.spark, which uses history.
        assertFails(
                rule,
                new ClassFileImporter()
                        .importUrls(List.of(
                                DiscreetModel.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation(),
                                ArchitectureTest.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation())));
    }

    /** The class path of core has no Spark either. This rule names the class that breaks it. */
    @Test
    void core_any_doesNotUseSpark() {
        freeOfSpark(not(resideInAPackage("discreet.spark.."))).check(ENGINE);
    }

    /** Hadoop's classes take half a second to load, and a ledger with a local store works without them. */
    @Test
    void ledger_exceptHadoopStore_doesNotUseHadoop() {
        DescribedPredicate<JavaClass> ledger = resideInAPackage(ROOT + "ledger");
        freeOfHadoop(ledger.and(not(nameMatching(".*\\.HadoopStore(\\$.*)?")))).check(ENGINE);
        assertFails(freeOfHadoop(ledger), ENGINE);
    }

    private static ArchRule freeOfHadoop(DescribedPredicate<JavaClass> which) {
        return noClasses().that(which).should().dependOnClassesThat().resideInAPackage("org.apache.hadoop..");
    }

    @Test
    void rules_onViolations_fail() {
        assertFails(freeOfSpark(resideInAPackage(ROOT + "spark.ratings")), ENGINE);
        assertFails(onlyUses("spark.train", Set.of("model")), ENGINE);
        assertFails(noRandomness(ANY), ENGINE);
        assertFails(noRandomNumbers(resideInAPackage(ROOT + "evaluate.movielens")), ENGINE);
        assertFails(drawsNoise(ANY), ENGINE);
        assertFails(usesMechanisms(not(DRAWS)), ENGINE);
        assertFails(readsRatings(resideInAPackage(ROOT + "spark.train")), ENGINE);
        assertFails(usesForecast(ANY), ENGINE);
    }

    /**
     * Only two mechanisms draw noise, and only a charged release has a mechanism. No other code can draw
     * noise without a charge.
     */
    @Test
    void noise_release_isCalledByChargedReleasesAlone() {
        drawsNoise(not(DRAWS)).check(ENGINE);
        usesMechanisms(not(DRAWS)
                        .and(describe(
                                "are not ChargedRelease",
                                type -> !type.getName().equals(ChargedRelease.class.getName()))))
                .check(ENGINE);
    }

    private static ArchRule usesMechanisms(DescribedPredicate<JavaClass> which) {
        return noClasses().that(which).should().dependOnClassesThat(DRAWS);
    }

    private static final DescribedPredicate<JavaClass> ANY = describe("are any", type -> true);

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
        noRandomNumbers(describe("are Split", type -> type.getName().equals(Split.class.getName())))
                .check(ENGINE);
    }

    private static ArchRule noRandomNumbers(DescribedPredicate<JavaClass> which) {
        return noClasses()
                .that(which)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Random|SplittableRandom)|java\\.security\\.SecureRandom");
    }

    /**
     * The forecast reads only what is released. It may not use the reading of ratings, the splits, training,
     * the ledger's sums, or files.
     */
    @Test
    void forecast_any_neverReadsRatings() {
        readsRatings(resideInAPackage(ROOT + "forecast")).check(ENGINE);
    }

    /** What observers see is exact and no release, so the operator's own check alone may have one. */
    @Test
    void observers_ofRows_areUsedByTheCheckAlone() {
        usesObservers(not(resideInAnyPackage(ROOT + "spark.check", ROOT + "spark.ratings", ROOT + "history")))
                .check(ENGINE);
        assertFails(usesObservers(resideInAPackage(ROOT + "spark.check")), ENGINE);
    }

    private static ArchRule usesObservers(DescribedPredicate<JavaClass> which) {
        return noClasses().that(which).should().dependOnClassesThat().haveNameMatching(".*\\.(Rating|Csv)Observer.*");
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
        usesForecast(not(resideInAPackage(ROOT + "forecast"))).check(ENGINE);
    }

    private static ArchRule usesForecast(DescribedPredicate<JavaClass> which) {
        return noClasses().that(which).should().dependOnClassesThat().resideInAPackage(ROOT + "forecast");
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
        ArchRule noLogging = noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "org.apache.logging..", "org.apache.commons.logging..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.apache.spark.internal.Logging");
        for (ArchRule rule : List.of(
                NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS, NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING, noLogging)) {
            rule.check(ENGINE);
            assertFails(rule, BROKEN);
        }
    }

    /**
     * Persisted data outlives the release, and accumulators count retried tasks again. The operator's check
     * has one that knows the tasks it has added.
     */
    @Test
    void spark_anyCall_neitherPersistsNorCounts() {
        ArchRule persists = noClasses()
                .should()
                .accessTargetWhere(describe(
                        "persist data or use accumulators",
                        access -> access.getTargetOwner().getPackageName().startsWith("org.apache.spark")
                                && PERSISTS_OR_COUNTS.contains(
                                        access.getTarget().getName())))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("org\\.apache\\.spark\\.storage\\.StorageLevel");
        persists.check(ENGINE);
        assertFails(persists, new ClassFileImporter().importClasses(BrokenTwins.Persists.class));
        ArchRule counts = noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "spark.check")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.apache\\.spark\\.util\\..*Accumulator.*");
        counts.check(ENGINE);
        assertFails(counts, new ClassFileImporter().importClasses(BrokenTwins.Counts.class));
    }

    @Test
    void nativeCode_loading_happensInNativesOnly() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "natives")
                .should()
                .callMethod(System.class, "load", String.class)
                .orShould()
                .callMethod(System.class, "loadLibrary", String.class);
        rule.check(ENGINE);
        assertFails(rule, BROKEN);
    }

    @Test
    void names_any_avoidVagueSuffixes() {
        ArchRule rule = noClasses().should().haveNameMatching(".*(Util|Utils|Manager|Impl|Helper)");
        rule.check(ENGINE);
        assertFails(rule, BROKEN);
    }
}
