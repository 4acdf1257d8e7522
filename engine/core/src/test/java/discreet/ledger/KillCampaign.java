package discreet.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.DiscreetException;
import discreet.files.Sha256;
import discreet.ledger.KilledProgram.Task;
import discreet.ledger.LedgerRow.Kind;
import discreet.ledger.ProtocolListener.Step;
import discreet.privacy.PrivacyCost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Kills releases (SIGKILL to a process of their own) at every boundary between two steps of the protocol and
 * at random instants, some of them twice in a row. A third of the releases is stopped after the first vector,
 * as the guard of trainings does, and gives back the others. It then runs them again under the same id, and
 * compares ledger, store and an independent {@link KilledProgram.Witness} with the promises of
 * docs/design/privacy.md.
 */
final class KillCampaign {
    /** Every tenth kill gets a new ledger, so that checking a whole ledger stays cheap. */
    private static final int KILLS_PER_LEDGER = 10;

    private static final int RELEASES = 4;
    private static final int SMALL = 1_000;

    /** The vector length of a head of 200 items. */
    private static final int USUAL = 19_900;

    private static final int SIGKILLED = 128 + 9;
    private static final int MAX_SECONDS = 120;

    private final TestDatabase database;
    private final Path folder;
    private final Random random;
    private final boolean early;
    private final Tampering tampering;
    private final Findings findings;
    private final Queue<String> first;
    private final Queue<String> boundaries = new ArrayDeque<>();
    private final Queue<String> boundariesOfHalted = new ArrayDeque<>();
    private @Nullable Child next;
    private double usualMillis;

    /** Tampers with ledger and store between a kill and the rerun. */
    interface Tampering {
        Tampering NONE = new Tampering() {};

        /** Acts before the killed program runs. */
        default void before(TestLedger ledger) throws IOException {}

        /** Acts after it was killed. */
        default void after(TestLedger ledger) throws IOException {}
    }

    KillCampaign(TestDatabase database, Path folder, long seed) {
        this(database, folder, seed, List.of(), false, Tampering.NONE);
    }

    /**
     * @param first where the first kills are to be, as vector and step
     * @param early whether the killed program breaks the protocol
     */
    KillCampaign(
            TestDatabase database, Path folder, long seed, List<String> first, boolean early, Tampering tampering) {
        this.database = database;
        this.folder = folder;
        this.random = new Random(seed);
        this.first = new ArrayDeque<>(first);
        this.early = early;
        this.tampering = tampering;
        this.findings = new Findings(database, seed);
    }

    /** Counts what was found, and lists all that should not have been. */
    static final class Findings {
        private final TestDatabase database;
        private final long seed;
        private int kills;
        private int atBoundaries;
        private int twice;
        private int tooLate;
        private int releases;
        private int chargedAgain;
        private int givenBack;
        private final Map<String, Integer> after = new TreeMap<>();
        private final Map<Problem, List<String>> problems = new TreeMap<>();

        enum Problem {
            UNCHARGED("draws without a charge"),
            CHANGED_SEALS("sealed files that changed"),
            SEALED_TWICE("vectors with other than one seal"),
            LEFT_FILES("half-written files, probes, journals left"),
            WRONG_PRICE("releases at another price than the protocol's"),
            BROKEN("ledgers that do not verify"),
            FAILED("reruns or programs that failed");

            private final String text;

            Problem(String text) {
                this.text = text;
            }
        }

        Findings(TestDatabase database, long seed) {
            this.database = database;
            this.seed = seed;
        }

        private void problem(Problem problem, String what) {
            problems.computeIfAbsent(problem, any -> new ArrayList<>()).add(what);
        }

        List<String> of(Problem problem) {
            return problems.getOrDefault(problem, List.of());
        }

        Map<Problem, List<String>> problems() {
            return problems;
        }

        int kills() {
            return kills;
        }

        int boundariesHit() {
            return after.size();
        }

        String table() {
            StringBuilder table = new StringBuilder("Kill campaign on " + database + ", seed " + seed + "\n");
            row(table, "kills (SIGKILL)", kills);
            row(table, "  at a boundary between two steps", atBoundaries);
            row(table, "  at a random instant", kills - atBoundaries);
            row(table, "  of a rerun, the release killed before", twice);
            row(table, "too late: the program had ended", tooLate);
            row(table, "releases run to their end after kills", releases);
            row(table, "vectors charged again", chargedAgain);
            row(table, "vectors given back", givenBack);
            for (Problem problem : Problem.values()) {
                row(table, problem.text, of(problem).size());
            }
            table.append("  last step before the kill:\n");
            after.forEach((step, times) -> row(table, "    " + step, times));
            return table.toString();
        }

        private static void row(StringBuilder table, String label, int value) {
            table.append(String.format("  %-48s %6d%n", label, value));
        }
    }

    /** Holds a program that waits for its task, or does it. */
    private record Child(Process process, BufferedReader out, Path errors) {}

    private Child start() throws IOException {
        Path errors = Files.createTempFile(folder, "errors-", ".txt");
        ProcessBuilder builder = TestProcess.builder(KilledProgram.class);
        builder.command().addAll(1, List.of("-Xmx128m", "-Ddiscreet.threads=1"));
        Process process = builder.redirectError(errors.toFile()).start();
        return new Child(process, process.inputReader(UTF_8), errors);
    }

    /** Returns a program that is ready. The next one starts while this one is examined. */
    private Child take() throws IOException {
        Child ready = next == null ? start() : next;
        next = start();
        String line = ready.out().readLine();
        if (!KilledProgram.READY.equals(line)) {
            throw new IllegalStateException("a program did not start: " + Files.readString(ready.errors()));
        }
        return ready;
    }

    Findings run(int kills) throws IOException, InterruptedException {
        try {
            for (int ledger = 0; findings.kills < kills; ledger++) {
                if (findings.tooLate > kills + KILLS_PER_LEDGER) {
                    throw new IllegalStateException("most kills come too late:\n" + findings.table());
                }
                int until = Math.min(kills, findings.kills + KILLS_PER_LEDGER);
                onOneLedger(Files.createDirectory(folder.resolve("ledger-" + ledger)), until);
            }
        } finally {
            if (next != null) {
                next.process().destroyForcibly();
            }
        }
        return findings;
    }

    private void onOneLedger(Path place, int until) throws IOException, InterruptedException {
        TestLedger test = database.in(place, 1000);
        Observations observations = new Observations(test);
        for (int release = 0; findings.kills < until && release < 2 * KILLS_PER_LEDGER; release++) {
            boolean boundary = !first.isEmpty() || random.nextBoolean();
            boolean halted =
                    first.isEmpty() ? random.nextInt(3) == 0 : first.element().endsWith(" " + Step.RETURNED);
            String base = (halted ? KilledProgram.HALTED : "r") + release;
            kill(test, observations, base, boundary);
            while (findings.kills < until && random.nextInt(4) == 0) {
                int before = findings.kills;
                kill(test, observations, base, boundary);
                findings.twice += findings.kills - before;
            }
            rerun(test, observations, base, boundary);
        }
    }

    /**
     * Returns an instant within the time that all releases of the program take here, which is measured once.
     */
    private long randomMillis(TestLedger test, Observations observations) throws IOException {
        if (usualMillis == 0) {
            long start = System.nanoTime();
            Task first = task(test, "first", 1, USUAL, KilledProgram.NOWHERE).rerun(1);
            KilledProgram.run(first, step -> {});
            observations.ended(first);
            usualMillis = (System.nanoTime() - start) / 1e6;
        }
        return (long) (random.nextDouble() * RELEASES * usualMillis);
    }

    private Task task(TestLedger test, String base, int releases, int values, String stop) {
        return new Task(database, test.url(), test.folder(), base, releases, values, stop, early);
    }

    private Task task(TestLedger test, String base, boolean boundary, String stop) {
        return boundary ? task(test, base, 1, SMALL, stop) : task(test, base, RELEASES, USUAL, stop);
    }

    private String boundary(boolean halted) {
        if (!first.isEmpty()) {
            return first.remove();
        }
        Queue<String> left = halted ? boundariesOfHalted : boundaries;
        if (left.isEmpty()) {
            List<String> vectors = halted ? TestLedger.VECTORS.subList(0, 1) : TestLedger.VECTORS;
            List<String> all = Stream.concat(
                            Stream.of(Step.CHARGED, Step.RESERVED).map(step -> KilledProgram.NOWHERE + " " + step),
                            vectors.stream()
                                    .flatMap(vector -> Arrays.stream(Step.values())
                                            .filter(step -> step.compareTo(Step.RESERVED) > 0)
                                            .filter(step -> halted || step != Step.RETURNED)
                                            .map(step -> vector + " " + step)))
                    .collect(Collectors.toCollection(ArrayList::new));
            Collections.shuffle(all, random);
            left.addAll(all);
        }
        return left.remove();
    }

    private void kill(TestLedger test, Observations observations, String base, boolean boundary)
            throws IOException, InterruptedException {
        tampering.before(test);
        boolean halted = base.startsWith(KilledProgram.HALTED);
        Task task = task(test, base, boundary, boundary ? boundary(halted) : KilledProgram.NOWHERE);
        long millis = boundary ? 0 : randomMillis(test, observations);
        Child child = take();
        PrintWriter orders = new PrintWriter(child.process().outputWriter(UTF_8), true);
        orders.println(task.line());
        String last = boundary ? untilStopped(child) : "";
        if (!boundary) {
            boolean unused = child.process().waitFor(millis, TimeUnit.MILLISECONDS); // the random instant
        }
        // By its handle, because Process.destroyForcibly would close the stream that has its last words.
        child.process().toHandle().destroyForcibly();
        if (!child.process().waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a program outlived SIGKILL");
        }
        for (String line = child.out().readLine();
                line != null;
                line = child.out().readLine()) {
            last = line;
        }
        int exit = child.process().exitValue();
        if (exit == SIGKILLED && !last.equals(KilledProgram.DONE)) {
            findings.kills++;
            findings.atBoundaries += boundary ? 1 : 0;
            findings.after.merge(last.isEmpty() ? "- nothing" : last.substring(last.indexOf(' ') + 1), 1, Integer::sum);
        } else if (exit == SIGKILLED || exit == 0) {
            findings.tooLate++;
        } else {
            findings.tooLate++;
            findings.problem(Findings.Problem.FAILED, Files.readString(child.errors()));
        }
        observations.killed();
        tampering.after(test);
    }

    /**
     * Returns the step after which the program stopped. If that step was done before an earlier kill, the
     * program may have ended instead.
     */
    private static String untilStopped(Child child) throws IOException {
        String last = "";
        for (String line = child.out().readLine();
                line != null;
                line = child.out().readLine()) {
            if (line.equals(KilledProgram.STOPPED)) {
                return last;
            }
            last = line;
        }
        return last;
    }

    /**
     * Returns whether a journal would be rolled back. SQLite does not take one for hot whose first byte is
     * zero or that is empty. A program that is killed while it makes its journal leaves such a file, and the
     * next transaction that writes replaces it.
     */
    private static boolean isHot(Path journal) throws IOException {
        if (!Files.exists(journal)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(journal)) {
            return in.read() > 0;
        }
    }

    private void rerun(TestLedger test, Observations observations, String base, boolean boundary) throws IOException {
        int begun = 1;
        Task task = task(test, base, boundary, KilledProgram.NOWHERE);
        while (begun < task.releases() && !test.kinds(task.release(begun)).isEmpty()) {
            begun++;
        }
        Task again = task.rerun(begun);
        try {
            KilledProgram.run(again, step -> {});
        } catch (DiscreetException e) {
            findings.problem(Findings.Problem.FAILED, e.getMessage());
            return;
        }
        findings.releases += begun;
        observations.ended(again);
    }

    /** Remembers one ledger from one kill to the next. */
    private final class Observations {
        private final TestLedger test;

        /**
         * Attempts drawn and not sealed when their program was killed. Each of them has to be paid for once
         * more, and no other.
         */
        private final Set<String> lost = new HashSet<>();

        private final Map<String, String> seals = new HashMap<>();

        Observations(TestLedger test) {
            this.test = test;
        }

        void killed() {
            List<LedgerRow> rows = rows();
            Set<String> sealed = sealed(rows);
            rows.stream()
                    .filter(row -> row.is(Kind.DRAW) && !sealed.contains(vector(row)))
                    .map(Observations::attempt)
                    .forEach(lost::add);
            checkPaid(rows);
            checkSeals(rows);
        }

        /** Checks everything after a rerun to the end. */
        void ended(Task task) throws IOException {
            List<LedgerRow> rows = rows();
            checkPaid(rows);
            checkSeals(rows);
            Set<String> files = new TreeSet<>();
            for (LedgerRow row : rows) {
                if (row.is(Kind.SEAL)) {
                    files.add(Store.sealed(row.release(), row.vector(), row.attempt()));
                }
            }
            Set<String> found = new TreeSet<>(test.files().keySet());
            if (database == TestDatabase.SQLITE && isHot(Path.of(test.file() + "-journal"))) {
                found.add("journal");
            }
            if (!found.equals(files)) {
                findings.problem(Findings.Problem.LEFT_FILES, task.base() + ": " + found + " instead of " + files);
            }
            for (int number = 0; number < task.releases(); number++) {
                checkPrice(task.release(number), rows);
            }
            PrivacyCost sum = rows.stream().collect(Collectors.groupingBy(LedgerRow::release)).values().stream()
                    .map(Population::price)
                    .reduce(PrivacyCost.NOTHING, PrivacyCost::plus);
            if (!test.population().status().charged().equals(sum)) {
                findings.problem(Findings.Problem.WRONG_PRICE, task.base() + ": the sum is not " + sum);
            }
            Verification verification = test.population().verify();
            if (!verification.ok()) {
                findings.problem(Findings.Problem.BROKEN, task.base() + ": " + verification);
            }
        }

        /**
         * Reads under the lock that writers take, because a database server may still be at the last
         * statement of a client that is gone.
         */
        private List<LedgerRow> rows() {
            return new Database(test.dialect())
                    .write(
                            List::of,
                            connection -> Objects.requireNonNull(PopulationTransaction.lock(
                                            connection, test.dialect(), TestLedger.POPULATION))
                                    .all());
        }

        private static String vector(LedgerRow row) {
            return row.release() + " " + row.vector();
        }

        private static String attempt(LedgerRow row) {
            return vector(row) + " " + row.attempt();
        }

        private Set<String> sealed(List<LedgerRow> rows) {
            return rows.stream()
                    .filter(row -> row.is(Kind.SEAL))
                    .map(Observations::vector)
                    .collect(Collectors.toSet());
        }

        /**
         * Checks that every draw that the witness saw has a DRAW row, and every DRAW row a RESERVE row of its
         * own before it that was not given back.
         */
        private void checkPaid(List<LedgerRow> rows) {
            Map<String, Integer> drawn = new HashMap<>();
            Set<String> reserved = new HashSet<>();
            for (LedgerRow row : rows) {
                if (row.is(Kind.RESERVE)) {
                    reserved.add(attempt(row));
                } else if (row.is(Kind.DRAW)) {
                    drawn.merge(vector(row), 1, Integer::sum);
                    if (!reserved.remove(attempt(row))) {
                        findings.problem(Findings.Problem.UNCHARGED, attempt(row) + " was not reserved");
                    }
                } else if (row.is(Kind.RETURN) && !reserved.remove(attempt(row))) {
                    findings.problem(Findings.Problem.UNCHARGED, attempt(row) + " was drawn and given back");
                }
            }
            new KilledProgram.Witness(test.folder().resolve("witness")).draws().forEach((vector, times) -> {
                if (times > drawn.getOrDefault(vector, 0)) {
                    findings.problem(
                            Findings.Problem.UNCHARGED,
                            vector + " was drawn " + times + " times, not " + drawn.getOrDefault(vector, 0));
                }
            });
        }

        /** Checks that every file keeps the bytes that it was sealed with. */
        private void checkSeals(List<LedgerRow> rows) {
            Map<String, byte[]> files = test.files();
            Map<String, Integer> times = new HashMap<>();
            for (LedgerRow row : rows) {
                if (row.is(Kind.SEAL)) {
                    times.merge(vector(row), 1, Integer::sum);
                    String file = Store.sealed(row.release(), row.vector(), row.attempt());
                    byte[] bytes = files.get(file);
                    String digest = bytes == null
                            ? "gone"
                            : Arrays.toString(Sha256.digest().digest(bytes));
                    String before = seals.putIfAbsent(file, digest);
                    if (bytes == null || (before != null && !before.equals(digest))) {
                        findings.problem(Findings.Problem.CHANGED_SEALS, file);
                    }
                }
            }
            for (String file : seals.keySet()) {
                if (!files.containsKey(file)) {
                    findings.problem(Findings.Problem.CHANGED_SEALS, file + " is gone");
                }
            }
            times.forEach((vector, number) -> {
                if (number != 1) {
                    findings.problem(Findings.Problem.SEALED_TWICE, vector);
                }
            });
        }

        /**
         * Checks that the price is the plan's, plus each vector that was lost once more, less each that was
         * given back, and exactly that, in rows and in rho.
         */
        private void checkPrice(String release, List<LedgerRow> all) {
            List<LedgerRow> rows =
                    all.stream().filter(row -> row.release().equals(release)).toList();
            ReleasePlan plan = KilledProgram.plan(release);
            PrivacyCost due = PrivacyCost.NOTHING;
            for (String name : TestLedger.VECTORS) {
                int again = (int) lost.stream()
                        .filter(attempt -> attempt.startsWith(release + " " + name + " "))
                        .count();
                findings.chargedAgain += again;
                boolean returned = release.startsWith(KilledProgram.HALTED) && !name.equals(TestLedger.VECTORS.get(0));
                findings.givenBack += returned ? 1 : 0;
                for (int time = returned ? 1 : 0; time < 1 + again; time++) {
                    due = due.plus(plan.vector(name).price());
                }
                for (Kind kind : List.of(Kind.RESERVE, Kind.DRAW, Kind.SEAL, Kind.RETURN)) {
                    long expected = switch (kind) {
                        case RESERVE -> 1 + again;
                        case DRAW -> returned ? 0 : 1 + again;
                        case SEAL -> returned ? 0 : 1;
                        default -> returned ? 1 : 0;
                    };
                    long found = rows.stream()
                            .filter(row -> row.is(kind) && row.vector().equals(name))
                            .count();
                    if (found != expected) {
                        findings.problem(
                                kind == Kind.SEAL ? Findings.Problem.SEALED_TWICE : Findings.Problem.WRONG_PRICE,
                                release + " " + name + ": " + found + " " + kind + " rows, not " + expected);
                    }
                }
            }
            if (!Population.price(rows).equals(due)) {
                findings.problem(Findings.Problem.WRONG_PRICE, release + ": " + Population.price(rows));
            }
        }
    }
}
