package discreet.ledger;

import discreet.noise.DiscreteGaussian;
import discreet.plan.RankingShares;
import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.Rho;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Holds a ledger in a real database, with one population. */
final class TestLedger {

    static final double DELTA = 1e-5;
    static final String POPULATION = "eu";

    /** The tests release sums that noise of sigma 1 cannot hide, with a sensitivity of 2^10. */
    static final double SENSITIVITY = 1024;

    static final List<String> VECTORS = List.of("people", "items", "gram");

    private final TestDatabase database;
    private final String url;
    private final Path folder;

    TestLedger(TestDatabase database, String url, Path folder) {
        this.database = database;
        this.url = url;
        this.folder = folder;
    }

    TestLedger opened(double epsilon) {
        ledger().openPopulation(POPULATION, cap(epsilon), database.store(store()));
        return this;
    }

    /** Returns a cap of which a tenth of delta is for keys that are private. */
    static Budget cap(double epsilon) {
        return Budget.withItems(epsilon, DELTA);
    }

    String url() {
        return url;
    }

    Path folder() {
        return folder;
    }

    /** Returns the file of SQLite's database. */
    Path file() {
        return folder.resolve("test.db");
    }

    Path store() {
        return folder.resolve("test-store").resolve(POPULATION);
    }

    Ledger ledger() {
        return Ledger.open(url);
    }

    Population population() {
        return ledger().population(POPULATION);
    }

    /** Opens the population as a program that stops at a step. */
    Population population(ProtocolListener listener) {
        return new SqlLedger(dialect(), listener).population(POPULATION);
    }

    Dialect dialect() {
        return database.dialect(url);
    }

    static ReleasePlan plan(String id, double epsilon) {
        RankingShares shares = RankingShares.of(cap(epsilon).largestRho());
        return plan(id, epsilon, shares.people(), shares.items(), shares.gram());
    }

    private static ReleasePlan plan(String id, double epsilon, Rho people, Rho items, Rho gram) {
        return new ReleasePlan(
                id,
                "{\"epsilon\": " + epsilon + ", \"objective\": \"ranking\"}",
                List.of(
                        new PlannedVector("people", people),
                        new PlannedVector("items", items),
                        new PlannedVector("gram", gram)));
    }

    /**
     * Plans the same release with the item statistic by keys that are private. It costs a hundredth of delta,
     * rounded up, so that nine fit and no tenth does.
     */
    static ReleasePlan planWithKeys(String id, double epsilon) {
        Delta delta = Delta.roundedUp(DELTA / 100);
        RankingShares shares = RankingShares.of(cap(epsilon).largestRho());
        return new ReleasePlan(
                id,
                "{\"catalogue\": \"discovered\", \"epsilon\": " + epsilon + ", \"objective\": \"ranking\"}",
                List.of(
                        new PlannedVector("people", shares.people()),
                        new PlannedVector("items", shares.items(), delta),
                        new PlannedVector("gram", shares.gram())));
    }

    /** Returns keys that all users have, which come out, and keys that only one user has, which do not. */
    static Map<String, Long> sumsByKey(int shared, int lone) {
        Map<String, Long> sums = new HashMap<>();
        for (int i = 0; i < shared; i++) {
            sums.put("shared key " + i, 1_000_000_000L * (i + 1));
        }
        for (int i = 0; i < lone; i++) {
            sums.put("lone key " + i, 1L);
        }
        return sums;
    }

    static Released releaseKeys(ChargedRelease release, Map<String, Long> sums) {
        return release.releaseKeys("items", 500, SENSITIVITY, SENSITIVITY, "{}", () -> ExactMap.of(sums));
    }

    static void releaseAllWithKeys(ChargedRelease release) {
        release(release, "people");
        releaseKeys(release, sumsByKey(40, 20));
        release(release, "gram");
    }

    static Exact sums(String vector) {
        long[] sums = new long[vector.equals("people") ? 1 : 3000];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = 1_000_000_000L * (i + 1);
        }
        return Exact.of(sums);
    }

    static Released release(ChargedRelease release, String vector) {
        return release.release(
                vector, SENSITIVITY, "{\"vector\": \"" + vector + "\", \"scale\": 1e-05}", () -> sums(vector));
    }

    /** Unpacks and loads the library that draws noise. */
    static void noiseIsLoaded() {
        DiscreteGaussian.costingAtMost(1, 1);
    }

    static void releaseAll(ChargedRelease release) {
        VECTORS.forEach(vector -> release(release, vector));
    }

    /** Returns names and contents of the files in the store, without its marks. */
    Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(store())) {
            for (Path path : list.toList()) {
                files.put(String.valueOf(path.getFileName()), Files.readAllBytes(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        marks().forEach(mark -> files.remove(mark.file()));
        return files;
    }

    /** Returns the marks in the store, by row. */
    List<StoreMark> marks() {
        return StoreMark.among(Store.at(store().toUri()).files())
                .sorted(Comparator.comparing(StoreMark::seq))
                .toList();
    }

    List<String> kinds(String release) {
        return population().rows(release).stream()
                .map(row -> row.kind() + " " + row.vector() + " " + row.attempt())
                .toList();
    }

    /**
     * Acts as an owner of the database who has it open by hand and removes the triggers that guard the rows.
     */
    void unguardedSql(String... statements) {
        sql(Stream.concat(
                        Stream.of("entry_no_update", "entry_no_delete").map(database::dropTrigger),
                        Stream.of(statements))
                .toArray(String[]::new));
    }

    /** Acts as someone with the database open by hand. */
    void sql(String... statements) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
