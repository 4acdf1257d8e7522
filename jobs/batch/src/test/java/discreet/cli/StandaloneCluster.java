package discreet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Spark's standalone cluster on this machine, with a master and workers in JVMs of their own. Its
 * installation consists of links to Spark's own jars, without any of ours. Authentication and encryption are
 * on, and the secret is in a file of mode 0600.
 */
final class StandaloneCluster implements AutoCloseable {
    /** For JVMs that run for seconds. */
    static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private static final int SECONDS = 60;
    private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
    private static final Pattern WORKER = Pattern.compile("(Successfully registered) with master");

    private final Path folder;
    private final Path home;
    private final Path settings;
    private final List<Daemon> daemons = new ArrayList<>();
    private final List<Process> programs = new ArrayList<>();
    private String master = "";

    private StandaloneCluster(Path folder) throws IOException {
        this.folder = folder;
        this.home = installation(Path.of("target", "spark").toAbsolutePath());
        this.settings = settings(folder.resolve("spark-defaults.conf"));
    }

    /**
     * Starts a cluster. A shutdown hook ends its processes with this JVM, even after a failed start or
     * without a call of {@link #close}.
     */
    static StandaloneCluster start(Path folder) throws IOException {
        StandaloneCluster cluster = new StandaloneCluster(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        cluster.master = cluster.start("org.apache.spark.deploy.master.Master", MASTER, "--host", "127.0.0.1")
                .awaitSign();
        cluster.startWorkers();
        return cluster;
    }

    /**
     * Starts two workers with different host names, because Spark runs the copy of a slow task only on
     * another host and compares names.
     */
    private void startWorkers() throws IOException {
        startWorker("127.0.0.1");
        startWorker("localhost");
    }

    /** Restarts workers that were killed. */
    void mend() throws IOException {
        for (Daemon daemon : List.copyOf(daemons)) {
            if (!daemon.process.isAlive()) {
                daemons.remove(daemon);
                startWorker(daemon.host);
            }
        }
    }

    private void startWorker(String host) throws IOException {
        start(
                        "org.apache.spark.deploy.worker.Worker",
                        WORKER,
                        "--host",
                        host,
                        "--cores",
                        "2",
                        "--memory",
                        "600m",
                        "--work-dir",
                        work().toString(),
                        master)
                .awaitSign();
    }

    /** Returns the folder where executors work and log. */
    Path work() {
        return folder.resolve("work");
    }

    /** Links Spark's jars into a folder without copying them. */
    private static Path installation(Path home) throws IOException {
        Path jars = Files.createDirectories(home.resolve("jars"));
        try (Stream<Path> old = Files.list(jars)) {
            for (Path link : old.toList()) {
                Files.delete(link);
            }
        }
        String given = Files.readString(Path.of(System.getProperty("discreet.spark-classpath")));
        for (String jar : given.strip().split(File.pathSeparator)) {
            Files.createSymbolicLink(jars.resolve(Path.of(jar).getFileName()), Path.of(jar));
        }
        return home;
    }

    private static Path settings(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(
                file,
                String.join(
                        "\n",
                        "spark.authenticate true",
                        "spark.authenticate.secret " + UUID.randomUUID(),
                        "spark.network.crypto.enabled true",
                        "spark.io.encryption.enabled true",
                        // The REST server cannot authenticate, and with authentication the master refuses to
                        // start it.
                        "spark.master.rest.enabled false",
                        "spark.worker.cleanup.enabled true",
                        "spark.driver.host 127.0.0.1",
                        "spark.driver.bindAddress 127.0.0.1",
                        "spark.executor.memory 512m",
                        "spark.executor.cores 2",
                        "spark.cores.max 4",
                        // Programs wait until both workers have registered.
                        "spark.scheduler.minRegisteredResourcesRatio 1.0",
                        "spark.scheduler.maxRegisteredResourcesWaitingTime 60s",
                        ""));
    }

    private List<String> java(String memory) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Stream.of(System.getProperty("discreet.jvm.options").split("\\s+"))
                .filter(option -> !option.contains("incubator"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx" + memory, QUICK_START, "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", home.resolve("jars") + "/*"));
        return command;
    }

    private ProcessBuilder builder(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        List.of("DISCREET_LEDGER", "JAVA_TOOL_OPTIONS", "HADOOP_CONF_DIR", "SPARK_CONF_DIR", "SPARK_DIST_CLASSPATH")
                .forEach(environment::remove);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("SPARK_HOME", home.toString());
        // A whole installation has a file that says this.
        environment.put("SPARK_SCALA_VERSION", "2.13");
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        environment.put(
                "SPARK_LOCAL_DIRS",
                Files.createDirectories(folder.resolve("local")).toString());
        return builder;
    }

    private Daemon start(String main, Pattern sign, String... arguments) throws IOException {
        List<String> command = java("256m");
        command.addAll(List.of(main, "--port", "0", "--webui-port", "0", "--properties-file", settings.toString()));
        command.addAll(List.of(arguments));
        Daemon daemon = new Daemon(
                builder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.PIPE)
                        .start(),
                arguments[1]);
        daemons.add(daemon);
        daemon.listen(sign);
        return daemon;
    }

    /**
     * Submits a program in client mode, as the {@code spark-submit} script would.
     *
     * @param options of the script
     */
    Run.Started submit(Map<String, String> conf, List<String> options, String... arguments) throws IOException {
        List<String> command = java("512m");
        command.addAll(List.of(
                "org.apache.spark.deploy.SparkSubmit", "--master", master, "--properties-file", settings.toString()));
        conf.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
        command.addAll(options);
        command.add(System.getProperty("discreet.spark-jar"));
        command.addAll(List.of(arguments));
        Run.Started program = Run.Started.by(builder(command));
        programs.add(program.process());
        return program;
    }

    /** Simulates the loss of a machine by killing an executor and its worker with SIGKILL. */
    void killMachineOf(long executor) throws Exception {
        ProcessHandle process = ProcessHandle.of(executor).orElseThrow();
        ProcessHandle worker = process.parent().orElseThrow();
        if (daemons.stream().noneMatch(daemon -> daemon.process.pid() == worker.pid())) {
            throw new AssertionError("an executor that is not a child of a worker");
        }
        worker.destroyForcibly();
        process.destroyForcibly();
        worker.onExit().get(SECONDS, TimeUnit.SECONDS);
        process.onExit().get(SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        programs.forEach(Process::destroyForcibly);
        daemons.forEach(daemon -> daemon.process.descendants().forEach(ProcessHandle::destroyForcibly));
        daemons.forEach(daemon -> daemon.process.destroyForcibly());
        daemons.forEach(daemon -> daemon.process.onExit().join());
    }

    /** A master or worker with its output so far. */
    private static final class Daemon {
        private final Process process;
        private final String host;
        private final StringBuffer log = new StringBuffer();
        private final CompletableFuture<String> said = new CompletableFuture<>();

        Daemon(Process process, String host) {
            this.process = process;
            this.host = host;
        }

        void listen(Pattern sign) {
            Thread thread = new Thread(() -> read(sign), "daemon");
            thread.setDaemon(true);
            thread.start();
        }

        private void read(Pattern sign) {
            try (BufferedReader lines = process.inputReader(UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    log.append(line).append('\n');
                    Matcher matcher = sign.matcher(line);
                    if (matcher.find()) {
                        said.complete(Objects.requireNonNull(matcher.group(1)));
                    }
                }
            } catch (IOException e) {
                log.append(e);
            }
            said.completeExceptionally(new AssertionError("ended: " + log));
        }

        String awaitSign() {
            try {
                return said.get(SECONDS, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new UncheckedIOException(new IOException("it does not start: " + log, e));
            }
        }
    }
}
