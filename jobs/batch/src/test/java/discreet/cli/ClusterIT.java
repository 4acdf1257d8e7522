package discreet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import discreet.catalogue.CatalogueReader;
import discreet.cli.shared.SecuredSession;
import discreet.history.RatingColumns;
import discreet.history.RowRules;
import discreet.ledger.Population;
import discreet.ledger.ReleaseStatus;
import discreet.ledger.ReleaseStatus.State;
import discreet.model.ModelFiles;
import discreet.model.RankingModel;
import discreet.plan.Plans;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.RatingsReader;
import discreet.spark.train.ClusterSums;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the jar for {@code spark-submit} on a real cluster of a master and two workers, each a process of its
 * own, with authentication and encryption. Speculation is on wherever a test kills a worker.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGKILL")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Tag("cluster")
class ClusterIT {
    @TempDir
    private static Path shared;

    @AutoClose
    private static StandaloneCluster cluster;

    /** Test classes that run in executors. */
    private static Path testJar;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startCluster() throws IOException, URISyntaxException {
        cluster = StandaloneCluster.start(shared);
        testJar = jarOf(shared.resolve("test.jar"), Gate.class, ClusterSums.class);
    }

    @BeforeEach
    void mendCluster() throws IOException {
        cluster.mend();
    }

    @Test
    void trainAndRecommend_workerKilledDuringTraining_chargesOnceAndListsEqualThoseOfOneMachine() throws Exception {
        Service service = Service.in(folder);

        Run trained;
        try (Gate gate = Gate.open()) {
            Run.Started training =
                    cluster.submit(settings(gate), List.of("--jars", testJar.toString()), service.train());
            // The number of people and the item statistic are sealed, so the Gram sum is running now.
            killDuring(gate, task -> sealed(service) == 2);
            trained = training.end().succeeds();
        }

        assertThat(trained.out()).startsWith("Trained").contains("epsilon 1 at delta 1e-5");
        Population population = service.population();
        assertThat(population.verify().ok()).isTrue();
        assertThat(population.releases()).singleElement().matches(ReleaseStatus::isSealed);
        assertThat(vectors(population)).hasSize(3).allMatch(vector -> vector.attempts() == 1);
        assertThat(population.status().charged().rho())
                .isEqualTo(population.cap().withEpsilon(1).largestRho());
        RankingModel model = ModelFiles.readRanking(folder.resolve("model"), "test");
        assertThat(model.catalogue().size()).isEqualTo(40);
        double[] exact = statistic(service);
        double noise = Plans.ranking(1).items().noise();
        assertThat(isConsistent(noise, model.statistic(), exact)).isTrue();
        assertThat(isConsistent(noise, exact, exact)).as("no noise").isFalse();
        double[] twice = Arrays.stream(exact).map(value -> 2 * value).toArray();
        assertThat(isConsistent(noise, model.statistic(), twice))
                .as("every user counted twice (a single task: see sums_workerKilled_areTheSameBitForBit)")
                .isFalse();

        cluster.mend();
        String[] recommend = service.recommend("--format", "csv");
        Run listed = cluster.submit(settings(), List.of(), recommend).end().succeeds();
        Run.of(service.recommend("--format", "csv", "--output", service.path("local")))
                .succeeds();

        assertThat(listed.out()).contains("lists");
        List<String> lists = Files.readAllLines(folder.resolve("local/lists.csv"));
        assertThat(lists).hasSize(1 + 3 * 300);
        assertThat(Files.readAllLines(folder.resolve("lists/lists.csv"))).containsExactlyInAnyOrderElementsOf(lists);
        // sums_workerKilled_areTheSameBitForBit shows that the folder would exist if an executor had loaded
        // the library.
        assertThat(natives()).as("native library of an executor").doesNotExist();
    }

    @Test
    void sums_workerKilled_areTheSameBitForBit() throws Exception {
        Service service = Service.in(folder);
        List<String> expected;
        try (SparkSession spark = SparkSession.builder()
                .config(SecuredSession.configured(new SparkConf(false), "test"))
                .getOrCreate()) {
            expected = ClusterSums.of(spark, service.ratings(), service.items());
        }

        Run summed;
        try (Gate gate = Gate.open()) {
            Run.Started summing = cluster.submit(
                    settings(gate),
                    List.of("--jars", testJar.toString(), "--class", ClusterSums.class.getName()),
                    service.ratings(),
                    service.items(),
                    "and load the native library in a task");
            killDuring(gate, task -> task.group().equals(ClusterSums.GRAM));
            summed = summing.end().succeeds();
        }

        List<String> found = summed.out().lines().toList();
        assertThat(found.subList(0, 2)).isEqualTo(expected.subList(0, 2));
        // An accumulator counts retried tasks again.
        assertThat(expected.get(2)).isEqualTo("300");
        assertThat(Integer.parseInt(found.get(2))).isGreaterThan(300);
        assertThat(natives()).isNotEmptyDirectory();
    }

    @Test
    void train_beyondTheBudget_exitsWith3AndPrintsNothing() throws Exception {
        Service service = Service.in(folder);

        Map<String, String> settings = settings();
        settings.put("spark.cores.max", "2"); // one executor, which remains idle

        Run run = cluster.submit(settings, List.of(), service.train("--epsilon", "5.5"))
                .end();

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.err().lines().filter(line -> line.startsWith("Cannot ")))
                .singleElement()
                .asString()
                .startsWith("Cannot charge population");
        assertThat(run.out()).isEmpty();
        assertThat(service.population().releases()).isEmpty();
    }

    /** In cluster mode Spark starts the driver on a worker, and only the driver's log says how it ended. */
    @Test
    void train_driverOnAWorker_isRefused() throws Exception {
        Service service = Service.in(folder);
        Map<String, String> settings = settings();
        settings.put("spark.standalone.submit.waitAppCompletion", "true");

        cluster.submit(settings, List.of("--deploy-mode", "cluster", "--driver-memory", "512m"), service.train())
                .end();

        try (Stream<Path> logs =
                Files.find(cluster.work(), 2, (path, any) -> path.toString().matches(".*/driver-[^/]*/stderr"))) {
            assertThat(logs)
                    .singleElement()
                    .satisfies(log ->
                            assertThat(log).content().contains("Cannot start Spark: with --deploy-mode cluster"));
        }
        assertThat(service.population().releases()).isEmpty();
    }

    @Test
    void jar_any_hasOnlyClassesThatSparkLacks() throws IOException {
        Set<String> classes;
        Set<String> files;
        try (JarFile jar = new JarFile(System.getProperty("discreet.spark-jar"))) {
            files = names(jar).collect(toSet());
            classes = files.stream().filter(name -> name.endsWith(".class")).collect(toSet());
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo(Discreet.class.getName());
            assertThat(new String(
                            jar.getInputStream(jar.getEntry("META-INF/services/java.sql.Driver"))
                                    .readAllBytes(),
                            UTF_8))
                    .contains("org.sqlite.JDBC", "org.postgresql.Driver");
        }
        Set<String> sparkClasses = new HashSet<>();
        for (String path : Files.readString(Path.of(System.getProperty("discreet.spark-classpath")))
                .strip()
                .split(File.pathSeparator)) {
            try (JarFile jar = new JarFile(path)) {
                names(jar).filter(name -> name.endsWith(".class")).forEach(sparkClasses::add);
            }
        }

        assertThat(files)
                .contains("LICENSE", "NOTICE")
                .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA)"))
                .anyMatch(name -> name.startsWith("discreet/natives/") && name.contains("discreet."))
                .anyMatch(name -> name.startsWith("org/sqlite/native/"));
        assertThat(classes)
                .contains("discreet/cli/Discreet.class", "picocli/CommandLine.class", "org/sqlite/JDBC.class")
                .doesNotContainAnyElementsOf(sparkClasses);
        assertThat(sparkClasses).contains("org/apache/spark/SparkContext.class", "org/slf4j/Logger.class");
    }

    private static Stream<String> names(JarFile jar) {
        return jar.stream().map(JarEntry::getName).filter(name -> !name.endsWith("module-info.class"));
    }

    /**
     * Holds a task back until Spark runs a copy of it on the other worker, kills the first task's worker, and
     * lets the copy go on. The task is the third of its kind on an executor with two cores. One such task has
     * therefore ended, and the results it left on that executor are lost.
     */
    private static void killDuring(Gate gate, Predicate<Gate.Waiting> wanted) throws Exception {
        Map<Long, Integer> begun = new HashMap<>();
        Gate.Waiting slow = null;
        while (true) {
            Gate.Waiting task = Objects.requireNonNull(gate.next(), "no task came to the gate");
            if (slow == null && wanted.test(task) && begun.merge(task.executor(), 1, Integer::sum) == 3) {
                slow = task;
            } else if (slow != null && task.doubles(slow)) {
                cluster.killMachineOf(slow.executor());
                task.go();
                gate.close();
                return;
            } else {
                task.go();
            }
        }
    }

    /**
     * Computes the item statistic of the invented users by its definition, 1 / sqrt(k) for each of a user's k
     * items.
     */
    private static double[] statistic(Service service) throws IOException {
        try (SparkSession spark = SparkSession.builder()
                .config(SecuredSession.configured(new SparkConf(false), "test"))
                .getOrCreate()) {
            Histories histories = Histories.of(
                    RatingsReader.read(spark, service.ratings(), RatingColumns.DEFAULT),
                    RatingColumns.DEFAULT,
                    CatalogueReader.read(service.items(), "item"),
                    RowRules.DEFAULT);
            double[] statistic = new double[histories.catalogue().size()];
            for (int[] person : histories.rows().collect()) {
                for (int item : person) {
                    statistic[item] += 1 / Math.sqrt(person.length);
                }
            }
            return statistic;
        }
    }

    /**
     * Returns whether 40 released values are consistent with these exact values plus independent Gaussian
     * noise of the given standard deviation. The sum of squares is chi-square distributed with 40 degrees of
     * freedom. It is below 10 with probability 3.5e-7 and above 104 with probability 1.4e-7.
     */
    private static boolean isConsistent(double noise, double[] released, double[] exact) {
        assertThat(released).hasSize(40);
        double squares = 0;
        for (int item = 0; item < released.length; item++) {
            squares += Math.pow((released[item] - exact[item]) / noise, 2);
        }
        return squares > 10 && squares < 104;
    }

    private static long sealed(Service service) {
        return vectors(service.population()).stream()
                .filter(vector -> vector.state() == State.SEALED)
                .count();
    }

    private static List<ReleaseStatus.VectorStatus> vectors(Population population) {
        return population.releases().stream()
                .flatMap(release -> release.vectors().stream())
                .toList();
    }

    /** Returns the folder where an executor would unpack the native library. */
    private Path natives() {
        return folder.resolve("natives");
    }

    private Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "spark.executor.extraJavaOptions",
                StandaloneCluster.QUICK_START + " -Ddiscreet.native.dir=" + natives(),
                "spark.ui.enabled",
                "false",
                "spark.sql.shuffle.partitions",
                "8",
                "spark.sql.adaptive.coalescePartitions.enabled",
                "false"));
    }

    private Map<String, String> settings(Gate gate) {
        Map<String, String> settings = settings();
        settings.putAll(gate.settings());
        settings.putAll(Map.of(
                "spark.speculation", "true",
                "spark.speculation.quantile", "0.5",
                "spark.speculation.multiplier", "1.1",
                // More tasks than cores
                "spark.default.parallelism", "8",
                // Applies to fetches from a worker that was killed
                "spark.shuffle.io.retryWait", "200ms"));
        return settings;
    }

    /** Puts the given classes and their nested classes into a jar. */
    private static Path jarOf(Path jar, Class<?>... classes) throws IOException, URISyntaxException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Class<?> type : classes) {
                Path root = Path.of(
                        type.getProtectionDomain().getCodeSource().getLocation().toURI());
                String name = type.getName().replace('.', '/');
                try (Stream<Path> all = Files.list(root.resolve(name).getParent())) {
                    for (Path found : all.toList()) {
                        String entry = root.relativize(found).toString();
                        if (entry.matches(name + "(\\$.*)?\\.class")) {
                            out.putNextEntry(new JarEntry(entry));
                            Files.copy(found, out);
                        }
                    }
                }
            }
        }
        return jar;
    }
}
