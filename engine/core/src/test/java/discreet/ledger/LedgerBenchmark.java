package discreet.ledger;

import discreet.ledger.LedgerRow.Kind;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Measures how long it takes to reserve a release, and to verify 100,000 rows, in ledgers of several sizes.
 * Each release has three vectors and nine rows. Both databases are measured, with every commit synced.
 * Releases are appended as the protocol does, 500 a transaction, and the store holds their files.
 *
 * <p>CONTRIBUTING.md has the command, and the bars that the results must meet.
 */
final class LedgerBenchmark {

    private static final int RESERVED = 101;
    private static final int VERIFIED = 5;
    private static final int TRANSACTION = 500;

    private LedgerBenchmark() {}

    public static void main(String[] args) throws IOException {
        int[] sizes = args.length == 0
                ? new int[] {0, 1_000, 11_111}
                : Stream.of(args).mapToInt(Integer::parseInt).toArray();
        for (TestDatabase database : TestDatabase.values()) {
            for (int releases : sizes) {
                Path folder = Files.createTempDirectory("discreet-benchmark");
                TestLedger test = database.in(folder, 1e5);
                fill(test, releases);
                if (database == TestDatabase.POSTGRESQL) {
                    test.sql("VACUUM ANALYZE"); // which autovacuum would do within a minute
                }
                measure(database, test, releases);
            }
        }
    }

    private static ReleasePlan plan(int number) {
        Rho rho = new Rho(1000);
        return new ReleasePlan(
                "release" + number,
                "{\"epsilon\": 1.0, \"objective\": \"ranking\"}",
                List.of(
                        new PlannedVector("people", rho),
                        new PlannedVector("items", rho),
                        new PlannedVector("gram", rho)));
    }

    private static void fill(TestLedger test, int releases) {
        Dialect dialect = test.dialect();
        Database database = new Database(dialect);
        Store store = test.population().store();
        for (int first = 0; first < releases; first += TRANSACTION) {
            int from = first;
            int to = Math.min(releases, first + TRANSACTION);
            database.write(() -> 0L, connection -> {
                PopulationTransaction transaction =
                        PopulationTransaction.lock(connection, dialect, TestLedger.POPULATION);
                if (transaction == null) {
                    throw new IllegalStateException();
                }
                for (int number = from; number < to; number++) {
                    append(transaction, store, plan(number));
                }
                return transaction.rowCount();
            });
        }
    }

    private static void append(PopulationTransaction transaction, Store store, ReleasePlan plan)
            throws java.sql.SQLException {
        for (PlannedVector vector : plan.vectors()) {
            transaction.append(Kind.RESERVE, plan.releaseId(), vector.name(), 1, vector.price(), plan.body());
        }
        for (PlannedVector vector : plan.vectors()) {
            String file = Store.sealed(plan.releaseId(), vector.name(), 1);
            SealedHeader header =
                    new SealedHeader(TestLedger.POPULATION, plan.releaseId(), vector.name(), 1, 3, 1, 1, "{}");
            SealedFile.Digest digest;
            try (Store.NewFile writing = store.create(file)) {
                digest = SealedFile.write(writing, Released.vector(header, new long[3]));
            }
            transaction.append(Kind.DRAW, plan.releaseId(), vector.name(), 1, vector.price(), "{\"sigma\":1.0}");
            transaction.append(
                    Kind.SEAL,
                    plan.releaseId(),
                    vector.name(),
                    1,
                    PrivacyCost.NOTHING,
                    "{\"bytes\":" + digest.bytes() + ",\"file\":\"" + file + "\",\"sha256\":\"" + digest.sha256()
                            + "\"}");
        }
    }

    private static void measure(TestDatabase database, TestLedger test, int releases) {
        long[] verifying = new long[VERIFIED];
        long rows = 0;
        for (int i = 0; i < VERIFIED; i++) {
            Population population = test.population();
            long start = System.nanoTime();
            Verification verification = population.verify();
            verifying[i] = System.nanoTime() - start;
            if (!verification.ok()) {
                throw new IllegalStateException(verification.toString());
            }
            rows = verification.rows();
        }
        long[] reserving = new long[RESERVED];
        Population population = test.population();
        for (int i = 0; i < RESERVED; i++) {
            ReleasePlan plan = plan(releases + i);
            long start = System.nanoTime();
            population.reserve(plan);
            reserving[i] = System.nanoTime() - start;
        }
        System.out.printf(
                Locale.ROOT,
                "%-10s %6d releases: reserve median %.1f ms, first %.1f, slowest %.1f; "
                        + "verify of %d rows median %.2f s, first %.2f%n",
                database,
                releases,
                median(reserving) / 1e6,
                reserving[0] / 1e6,
                LongStream.of(reserving).max().orElse(0) / 1e6,
                rows,
                median(verifying) / 1e9,
                verifying[0] / 1e9);
    }

    private static long median(long[] times) {
        return LongStream.of(times).sorted().skip(times.length / 2).findFirst().orElse(0);
    }
}
