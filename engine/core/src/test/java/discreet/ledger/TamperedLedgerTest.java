package discreet.ledger;

import static discreet.ledger.LedgerTemplate.OTHER;
import static discreet.ledger.LedgerTemplate.ROWS;
import static discreet.ledger.LedgerTemplate.price;
import static discreet.ledger.LedgerTemplate.priced;
import static discreet.ledger.LedgerTemplate.store;
import static discreet.ledger.LedgerTemplate.withBody;
import static discreet.ledger.TestLedger.POPULATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import discreet.RunException;
import discreet.ledger.LedgerRow.Kind;
import discreet.privacy.PrivacyCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Restores, copies and edits a ledger in all ways that we could think of, other than ledger and store
 * restored together. None is certified.
 */
@Tag("slow")
@ParameterizedClass
@EnumSource(TestDatabase.class)
class TamperedLedgerTest {
    private static final Map<TestDatabase, LedgerTemplate> TEMPLATES = new EnumMap<>(TestDatabase.class);

    @TempDir
    private static Path folder;

    private final TestDatabase database;
    private LedgerTemplate template;
    private TestLedger test;

    TamperedLedgerTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void copyTheTemplate() throws IOException {
        if (!TEMPLATES.containsKey(database)) {
            TEMPLATES.put(database, new LedgerTemplate(database, folder.resolve(database.name())));
        }
        template = TEMPLATES.get(database);
        test = template.fresh();
    }

    /** Damages a ledger or its store. */
    @FunctionalInterface
    private interface Tampering {
        void on(LedgerTemplate template, TestLedger test) throws IOException, SQLException;
    }

    private record Way(String name, Tampering tampering) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Way way(String name, Tampering tampering) {
        return new Way(name, tampering);
    }

    static Stream<Way> ways() {
        return Stream.of(restored(), storesChanged(), edited(), sums(), rowsMoved(), forged(), rewritten())
                .flatMap(ways -> ways);
    }

    /** A ledger that was set back to what it was after each of its rows, beside a store that went on. */
    private static Stream<Way> restored() {
        return IntStream.range(1, ROWS)
                .mapToObj(row -> way(
                        "restored to row " + row, (template, test) -> template.rewrite(rows -> rows.subList(0, row))));
    }

    private static Stream<Way> storesChanged() {
        return Stream.of(
                way("store emptied, or a copied ledger beside a new folder", (template, test) -> {
                    LedgerTemplate.remove(test.store());
                    Files.createDirectory(test.store());
                }),
                way("a copy of the ledger from before its first charge, beside a new folder", (template, test) -> {
                    template.rewrite(rows -> rows.subList(0, 1));
                    LedgerTemplate.remove(test.store());
                    Files.createDirectory(test.store());
                }),
                way("store removed", (template, test) -> LedgerTemplate.remove(test.store())),
                way("marks removed", (template, test) -> {
                    for (StoreMark mark : test.marks()) {
                        Files.delete(test.store().resolve(mark.file()));
                    }
                }),
                way("store of another population", (template, test) -> {
                    LedgerTemplate.remove(test.store());
                    LedgerTemplate.copyAll(store(test, OTHER), test.store());
                }),
                way("stores of two populations swapped", (template, test) -> {
                    Path aside = test.store().resolveSibling("aside");
                    Files.move(test.store(), aside);
                    Files.move(store(test, OTHER), test.store());
                    Files.move(aside, store(test, OTHER));
                }),
                way("mark of the first row of another ledger", (template, test) -> {
                    for (StoreMark mark : test.marks()) {
                        Files.delete(test.store().resolve(mark.file()));
                    }
                    StoreMark other = new StoreMark(1, "0".repeat(64));
                    Files.writeString(test.store().resolve(other.file()), "");
                }),
                way("another copy of the ledger was charged first", (template, test) -> {
                    StoreMark other = new StoreMark(ROWS + 1, "1".repeat(64));
                    Files.writeString(test.store().resolve(other.file()), "");
                }),
                way(
                        "sealed file deleted",
                        (template, test) -> Files.delete(test.store().resolve("r.gram.1.sealed"))),
                way("sealed file renamed", (template, test) -> {
                    Path file = test.store().resolve("r.items.1.sealed");
                    Files.move(file, file.resolveSibling("r.items.2.sealed"));
                }),
                way(
                        "sealed files of two vectors swapped under one other name",
                        (template, test) -> Files.move(
                                test.store().resolve("r.items.1.sealed"),
                                test.store().resolve("q.items.1.sealed"))),
                way(
                        "sealed file of a release that the ledger does not know",
                        (template, test) -> Files.writeString(
                                test.store().resolve("later.people.1.sealed"), "drawn by a newer ledger")));
    }

    /** Each column of a row of each kind, changed by hand. */
    private static Stream<Way> edited() {
        Map<Kind, Integer> rows =
                Map.of(Kind.OPEN, 1, Kind.RESERVE, 3, Kind.DRAW, 7, Kind.SEAL, 8, Kind.DROP, 21, Kind.RETURN, 28);
        List<String> changes = List.of(
                "kind = 'CLOSE'",
                "release_id = 'other'",
                "vector = 'other'",
                "attempt = attempt + 1",
                "rho_units = rho_units + 1",
                "rho_units = rho_units / 2",
                "delta_units = delta_units + 1",
                "body = '{}'",
                "body = '{'",
                "body = body || ' '",
                "time = time - 1",
                "previous = hash",
                "hash = previous",
                "seq = seq + 1000",
                "population = '" + OTHER + "', seq = seq + 1000");
        Stream<Way> columns = rows.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> changes.stream()
                        .filter(change -> entry.getKey() == Kind.RESERVE
                                || entry.getKey() == Kind.DRAW
                                || entry.getKey() == Kind.RETURN
                                || !change.endsWith("/ 2"))
                        .filter(change -> entry.getKey() != Kind.DROP || !change.equals("body = '{}'"))
                        .map(change -> way(
                                entry.getKey() + " row: " + change,
                                (template, test) -> template.sql("UPDATE entry SET " + change + " WHERE population = '"
                                        + POPULATION + "' AND seq = " + entry.getValue()))));
        Stream<Way> terms = Map.of(
                        "cap raised", "\"epsilon\":50.0', '\"epsilon\":90.0",
                        "delta raised", "\"delta\":1.0E-5', '\"delta\":1.0E-3",
                        "share of delta changed", "\"deltaForItemsUnits\":', '\"deltaForItemsUnits\":1",
                        "another store named", "\"store\":', '\"store\":\"file:/elsewhere\",\"was\":")
                .entrySet()
                .stream()
                .map(entry -> way(
                        entry.getKey(),
                        (template, test) -> template.sql("UPDATE entry SET body = replace(body, '" + entry.getValue()
                                + "') WHERE population = '" + POPULATION + "' AND seq = 1")));
        return Stream.concat(columns, terms);
    }

    private static Stream<Way> sums() {
        return Stream.of(
                        "rho_units = 0",
                        "rho_units = rho_units - 1",
                        "delta_units = 5",
                        "row_count = row_count - 1",
                        "row_count = row_count + 1",
                        "row_count = 0",
                        "head = 'x'",
                        "head = (SELECT hash FROM entry WHERE population = '" + POPULATION + "' AND seq = 31)")
                .map(change -> way(
                        "sums: " + change,
                        (template, test) ->
                                test.sql("UPDATE population SET " + change + " WHERE name = '" + POPULATION + "'")));
    }

    private static Stream<Way> rowsMoved() {
        String mine = " WHERE population = '" + POPULATION + "' AND seq ";
        String copy = "INSERT INTO entry SELECT population, %d, kind, release_id, vector, attempt, rho_units,"
                + " delta_units, body, time, previous, hash FROM entry" + mine + "= %d";
        return Stream.of(
                way("first row deleted", (template, test) -> template.sql("DELETE FROM entry" + mine + "= 1")),
                way("row in the middle deleted", (template, test) -> template.sql("DELETE FROM entry" + mine + "= 9")),
                way("last row deleted", (template, test) -> template.sql("DELETE FROM entry" + mine + "= " + ROWS)),
                way("last release deleted", (template, test) -> template.sql("DELETE FROM entry" + mine + "> 29")),
                way("all rows deleted", (template, test) -> template.sql("DELETE FROM entry" + mine + "> 0")),
                way("all but the first deleted", (template, test) -> template.sql("DELETE FROM entry" + mine + "> 1")),
                way("row duplicated at the end", (template, test) -> template.sql(copy.formatted(ROWS + 1, 8))),
                way(
                        "last row duplicated, and counted",
                        (template, test) -> template.sql(
                                copy.formatted(ROWS + 1, ROWS),
                                "UPDATE population SET row_count = row_count + 1 WHERE name = '" + POPULATION + "'")),
                way(
                        "two rows in each other's place",
                        (template, test) -> template.sql(
                                "UPDATE entry SET seq = 1000" + mine + "= 6",
                                "UPDATE entry SET seq = 6" + mine + "= 7",
                                "UPDATE entry SET seq = 7" + mine + "= 1000")),
                way(
                        "population renamed",
                        (template, test) -> template.sql(
                                "UPDATE entry SET population = '" + OTHER + "', seq = seq + 1000" + mine + "> 0",
                                "UPDATE entry SET population = '" + POPULATION + "' WHERE population = '" + OTHER
                                        + "' AND seq < 1000",
                                "UPDATE entry SET seq = seq - 1000 WHERE population = '" + OTHER + "'")));
    }

    /** Rows at the end, with hashes that fit, that the protocol does not write. */
    private static Stream<Way> forged() {
        return Stream.of(
                forged("RETURN of a sealed vector", Kind.RETURN, "r", "gram", 1),
                forged("RETURN of a vector that was returned", Kind.RETURN, "stopped", "gram", 1),
                forged("RETURN of a vector that was never charged", Kind.RETURN, "r", "other", 1),
                forged("RETURN of a release that never was", Kind.RETURN, "never", "gram", 1),
                forged("RETURN of an attempt that was never charged", Kind.RETURN, "paid", "gram", 2),
                way("RETURN of more than was charged", (template, test) -> {
                    LedgerRow paid = reserve(template, "paid", "gram");
                    template.forge(Kind.RETURN, "paid", "gram", 1, price(paid.rhoUnits() + 1), paid.body());
                }),
                way("RETURN with another body", (template, test) -> {
                    LedgerRow paid = reserve(template, "paid", "gram");
                    template.forge(Kind.RETURN, "paid", "gram", 1, paid.price(), "{}");
                }),
                way("RETURN to users of a hash range", (template, test) -> {
                    LedgerRow paid = reserve(template, "paid", "gram");
                    String body = "{\"cell\":\"s:0-1\"," + paid.body().substring(1);
                    template.forge(Kind.RETURN, "paid", "gram", 1, paid.price(), body);
                }),
                forged("DRAW that was not paid for", Kind.DRAW, "paid", "other", 1),
                forged("DRAW of a sealed vector", Kind.DRAW, "r", "gram", 1),
                forged("DRAW of a vector that was given back", Kind.DRAW, "stopped", "gram", 1),
                forged("SEAL of a vector that was not drawn", Kind.SEAL, "paid", "gram", 1),
                forged("SEAL twice", Kind.SEAL, "r", "gram", 1),
                forged("DROP of a vector that is not sealed", Kind.DROP, "paid", "gram", 1),
                forged("DROP twice", Kind.DROP, "dropped", "gram", 1),
                forged("RESERVE of a vector that is paid for", Kind.RESERVE, "paid", "gram", 2),
                way("RESERVE with other parameters", (template, test) -> {
                    LedgerRow paid = reserve(template, "paid", "gram");
                    template.forge(
                            Kind.RESERVE,
                            "paid",
                            "other",
                            1,
                            paid.price(),
                            paid.body().replace("1.0", "2.0"));
                }),
                forged("RESERVE of a vector that was not planned", Kind.RESERVE, "paid", "other", 1),
                way("RESERVE at another price", (template, test) -> {
                    LedgerRow paid = reserve(template, "paid", "gram");
                    template.forge(Kind.RESERVE, "cheap", "gram", 1, price(paid.rhoUnits() - 1), paid.body());
                }),
                way("RESERVE of another vector of a release that was stopped", (template, test) -> {
                    LedgerRow stopped = reserve(template, "stopped", "gram");
                    template.forge(Kind.RESERVE, "stopped", "other", 1, stopped.price(), stopped.body());
                }),
                way("RESERVE again of a release that was stopped", (template, test) -> {
                    LedgerRow stopped = reserve(template, "stopped", "gram");
                    template.forge(Kind.RESERVE, "stopped", "gram", 2, stopped.price(), stopped.body());
                }),
                way(
                        "RESERVE above the cap",
                        (template, test) -> template.forge(
                                Kind.RESERVE,
                                "more",
                                "gram",
                                1,
                                price(1L << 60),
                                reserve(template, "paid", "gram").body())),
                forged("OPEN twice", Kind.OPEN, "", "", 0));
    }

    private static Way forged(String name, Kind kind, String release, String vector, int attempt) {
        return way("forged " + name, (template, test) -> {
            LedgerRow paid = reserve(template, release.isEmpty() || release.equals("never") ? "r" : release, "gram");
            PrivacyCost price = kind == Kind.RESERVE || kind == Kind.RETURN ? paid.price() : PrivacyCost.NOTHING;
            template.forge(kind, release, vector, attempt, price, paid.body());
        });
    }

    private static LedgerRow reserve(LedgerTemplate template, String release, String vector) {
        return template.rows().stream()
                .filter(row -> row.is(Kind.RESERVE)
                        && row.release().equals(release)
                        && row.vector().equals(vector))
                .findFirst()
                .orElseThrow();
    }

    /** The whole chain written anew by somebody who knows how its hashes are made, sums included. */
    private static Stream<Way> rewritten() {
        return Stream.of(
                rewritten(
                        "a higher cap",
                        1,
                        (row, rows) -> withBody(row, row.body().replace("50.0", "90.0"))),
                rewritten(
                        "another id",
                        1,
                        (row, rows) -> withBody(
                                row,
                                row.body().replaceAll("\"id\":\"[^\"]*\"", "\"id\":\"20200101-000000-000000000000\""))),
                rewritten("a cheaper release", 4, (row, rows) -> priced(row, .5)),
                rewritten("a draw that cost less", 7, (row, rows) -> priced(row, .5)),
                way(
                        "all hashes written anew: a release less",
                        (template, test) -> template.rewrite(rows -> {
                            List<LedgerRow> fewer = new ArrayList<>(rows);
                            fewer.removeIf(row -> row.release().equals("paid"));
                            return fewer;
                        })),
                way(
                        "all hashes written anew: two releases in another order",
                        (template, test) -> template.rewrite(rows -> {
                            List<LedgerRow> moved = new ArrayList<>(rows);
                            Collections.rotate(moved.subList(22, ROWS), 3);
                            return moved;
                        })));
    }

    private static Way rewritten(String name, int seq, BiFunction<LedgerRow, List<LedgerRow>, LedgerRow> change) {
        return way(
                "all hashes written anew: " + name,
                (template, test) -> template.rewrite(rows -> rows.stream()
                        .map(row -> row.seq() == seq ? change.apply(row, rows) : row)
                        .toList()));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void tampered_isFoundIsNotStatedAndIsNotCharged(Way way) throws Exception {
        way.tampering().on(template, test);
        List<String> files = files();

        assertThat(isVerified()).as("verify").isFalse();
        assertThat(isBelieved()).as("figures").isFalse();
        for (ReleasePlan plan : List.of(TestLedger.plan("new", .1), TestLedger.plan("paid", 1))) {
            assertThatThrownBy(() -> TestLedger.releaseAll(test.population().reserve(plan)))
                    .isInstanceOf(RunException.class)
                    .hasMessageMatching("(?s)Cannot .*: .*\\. .*\\.");
        }
        assertThat(files()).as("nothing was drawn").isEqualTo(files);
    }

    private List<String> files() {
        return Files.exists(test.store()) ? List.copyOf(test.files().keySet()) : List.of();
    }

    private boolean isVerified() {
        try {
            return test.population().verify().ok();
        } catch (RunException e) {
            return false;
        }
    }

    private boolean isBelieved() {
        try {
            return test.population().problem().isEmpty();
        } catch (RunException e) {
            return false;
        }
    }

    private void assertCertified() {
        assertThat(test.population().verify().ok()).isTrue();
        assertThat(test.population().problem()).isEmpty();
        TestLedger.releaseAll(test.population().reserve(TestLedger.plan("new", .1)));
        TestLedger.releaseAll(test.population().reserve(TestLedger.plan("paid", 1)));
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void ways_areMoreThanThirty() {
        assertThat(ways().map(Way::name).distinct().count())
                .isEqualTo(ways().count())
                .isGreaterThan(30);
    }

    @Test
    void untouched_isCertified() {
        assertThat(template.rows()).hasSize(ROWS);
        assertCertified();
    }

    /**
     * A store is behind its ledger if a program was killed between a commit and the mark, or if it was
     * restored.
     */
    @Test
    void ledgerAheadOfItsStore_isCertified() throws IOException {
        for (StoreMark mark : test.marks()) {
            Files.delete(test.store().resolve(mark.file()));
        }
        LedgerRow before = template.rows().get(28);
        new StoreMark(before.seq(), before.hash()).writeTo(Store.at(test.store().toUri()));

        assertCertified();
    }

    /** Damaged bytes hide no charge, so charges go on. {@code verify} reads the files. */
    @Test
    void sealedFileTruncatedOrChanged_isFoundByVerify() throws IOException {
        Path file = test.store().resolve("r.gram.1.sealed");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(isVerified()).isTrue();
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1), StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(isVerified()).isFalse();
        bytes[200] ^= 1;
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(isVerified()).isFalse();
        assertThat(isBelieved()).isTrue();
    }

    /** What no program can see, because nothing outside of the two remembers. A model's chain head does. */
    @Test
    void ledgerAndStoreRestoredTogether_areCertifiedAndOnlyAModelShowsIt() throws IOException {
        assumeTrue(database == TestDatabase.SQLITE, "one file to copy");
        Path copy = Files.createDirectories(folder.resolve("both"));
        LedgerTemplate.copyAll(test.folder(), copy);
        ChargedRelease forgotten = test.population().reserve(TestLedger.plan("forgotten", .1));
        TestLedger.releaseAll(forgotten);
        String chainHead = forgotten.chainHead();
        assertThat(test.population().holds(chainHead)).isTrue();

        LedgerTemplate.remove(test.folder());
        LedgerTemplate.copyAll(copy, test.folder());

        assertThat(test.population().holds(chainHead)).isFalse();
        assertCertified();
    }
}
