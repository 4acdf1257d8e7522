package discreet.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.RunException;
import discreet.ledger.ProtocolListener.Step;
import discreet.noise.DiscreteGaussian;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs releases one after the other, announcing every step, for {@link KillCampaign} to kill. As a process of
 * its own it waits for its task on stdin, so that Java's start is over by then, and ends when the process
 * that started it does.
 */
final class KilledProgram implements ProtocolListener {
    static final String READY = "ready";
    static final String STOPPED = "stopped";
    static final String DONE = "done";

    /** Starts the ids of releases that the program stops after their first vector, as the guard does. */
    static final String HALTED = "halted-";

    /** The step of {@link Task#stop} if the program is not to stop by itself. */
    static final String NOWHERE = "-";

    private final Task task;
    private final Consumer<String> announce;
    private String release = "";
    private String vector = "";

    private KilledProgram(Task task, Consumer<String> announce) {
        this.task = task;
        this.announce = announce;
    }

    /**
     * Describes what to do.
     *
     * @param base releases are called {@code base-0}, {@code base-1}, ... They are stopped after their first
     *     vector if it starts with {@link #HALTED}
     * @param releases how many
     * @param values length of the Gram matrix's vector
     * @param stop where to stop for good, as vector and step of the first release
     * @param early whether it breaks the protocol and draws before DRAW is written
     */
    record Task(
            TestDatabase database,
            String url,
            Path folder,
            String base,
            int releases,
            int values,
            String stop,
            boolean early) {
        String line() {
            return String.join(
                    "\t",
                    List.of(
                            database.name(),
                            url,
                            folder.toString(),
                            base,
                            "" + releases,
                            "" + values,
                            stop,
                            "" + early));
        }

        static Task of(String line) {
            String[] parts = line.split("\t", -1);
            return new Task(
                    TestDatabase.valueOf(parts[0]),
                    parts[1],
                    Path.of(parts[2]),
                    parts[3],
                    Integer.parseInt(parts[4]),
                    Integer.parseInt(parts[5]),
                    parts[6],
                    Boolean.parseBoolean(parts[7]));
        }

        String release(int number) {
            return base + "-" + number;
        }

        /** Returns the same task for the first of its releases, to its end and by the protocol. */
        Task rerun(int number) {
            return new Task(database, url, folder, base, number, values, NOWHERE, false);
        }

        boolean isHalted() {
            return base.startsWith(HALTED);
        }

        Witness witness() {
            return new Witness(folder.resolve("witness"));
        }
    }

    /**
     * Notes every draw where no ledger knows of it. Each draw is one line, on disk before anything else is
     * done.
     */
    record Witness(Path file) {
        void drawn(String release, String vector) {
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                channel.write(ByteBuffer.wrap((release + " " + vector + "\n").getBytes(UTF_8)));
                channel.force(true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Returns how often each vector was drawn. */
        Map<String, Integer> draws() {
            Map<String, Integer> draws = new TreeMap<>();
            try {
                for (String line : Files.readAllLines(file)) {
                    draws.merge(line, 1, Integer::sum);
                }
            } catch (NoSuchFileException e) {
                return draws;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return draws;
        }
    }

    static ReleasePlan plan(String release) {
        return TestLedger.plan(release, .25);
    }

    /** Does the task in this JVM. */
    static void run(Task task, Consumer<String> announce) {
        KilledProgram program = new KilledProgram(task, announce);
        Population population = new TestLedger(task.database(), task.url(), task.folder()).population(program);
        for (int number = 0; number < task.releases(); number++) {
            program.release(population, task.release(number));
        }
    }

    private void release(Population population, String id) {
        release = id;
        vector = NOWHERE;
        if (task.isHalted() && isStopped(population)) {
            requireRefusal(population);
            return;
        }
        try (ChargedRelease charged = population.reserve(plan(id))) {
            for (String name : TestLedger.VECTORS) {
                vector = name;
                charged.release(name, TestLedger.SENSITIVITY, "{}", () -> sums(name));
                if (task.isHalted()) {
                    halt(charged);
                    return;
                }
            }
        }
    }

    private void halt(ChargedRelease charged) {
        if (task.early()) {
            // Breaks the protocol: what is given back has been drawn
            DiscreteGaussian.withSigma(1).release(new long[1]);
            task.witness().drawn(release, "gram");
        }
        charged.stop();
    }

    private boolean isStopped(Population population) {
        return population.releases().stream()
                .anyMatch(status -> status.releaseId().equals(release) && status.isStopped());
    }

    private void requireRefusal(Population population) {
        try (ChargedRelease unexpected = population.reserve(plan(release))) {
            throw new IllegalStateException(unexpected.releaseId() + " was stopped and goes on");
        } catch (RunException e) {
            if (!e.getMessage().contains("it was stopped")) {
                throw e;
            }
        }
    }

    private Exact sums(String name) {
        return Exact.of(
                switch (name) {
                    case "people" -> new long[1];
                    case "items" -> new long[600];
                    default -> new long[task.values()];
                });
    }

    @Override
    public void passed(Step step) {
        boolean early = task.early() && !task.isHalted();
        if (step == (early ? Step.PROBED : Step.NOISED)) {
            if (early) {
                DiscreteGaussian.withSigma(1).release(new long[1]);
            }
            task.witness().drawn(release, vector);
        }
        announce.accept(release + " " + vector + " " + step);
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        TestLedger.noiseIsLoaded();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            connection.getMetaData(); // loads the driver's own native library as well
        }
        out.println(READY);
        String line = in.readLine();
        if (line == null) {
            return;
        }
        Task task = Task.of(line);
        run(task, step -> {
            out.println(step);
            if (step.equals(task.release(0) + " " + task.stop())) {
                out.println(STOPPED);
                awaitTheEnd(in);
            }
        });
        out.println(DONE);
    }

    private static void awaitTheEnd(BufferedReader in) {
        try {
            in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().halt(1); // the process that started this one is gone
    }
}
