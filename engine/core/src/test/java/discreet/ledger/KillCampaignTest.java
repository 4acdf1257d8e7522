package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import discreet.ledger.KillCampaign.Findings;
import discreet.ledger.KillCampaign.Findings.Problem;
import discreet.ledger.KillCampaign.Tampering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills programs with real SIGKILLs. By default the campaign is short. The whole one is
 *
 * <pre>./mvnw -q test -pl engine/core -Dtest=KillCampaignTest -Ddiscreet.kills=200</pre>
 *
 * <p>It kills so many releases on each database and prints a table for each. {@code -Ddiscreet.seed} chooses
 * another campaign, which means other boundaries and instants. How far a program gets until a random instant
 * depends on the machine.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGKILL")
@Tag("kills")
class KillCampaignTest {
    private static final int KILLS = Integer.getInteger("discreet.kills", 10);
    private static final long SEED = Long.getLong("discreet.seed", 20261124);

    private final TestDatabase database;

    @TempDir
    private Path folder;

    KillCampaignTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void campaign_killedAnywhere_drawsNothingUnpaidAndChangesNoSeal() throws Exception {
        Findings findings = new KillCampaign(database, folder, SEED).run(KILLS);

        System.out.println(findings.table());
        assertThat(findings.problems()).as(findings.table()).isEmpty();
        assertThat(findings.kills()).isEqualTo(KILLS);
        assertThat(findings.boundariesHit()).isGreaterThanOrEqualTo(Math.min(KILLS / 4, 22));
    }

    /** The broken twin draws before DRAW is written. A kill in between reveals it. */
    @Test
    void campaign_programThatDrawsBeforeItWritesDraw_isFound() throws Exception {
        Findings findings =
                new KillCampaign(database, folder, SEED, List.of("gram PROBED"), true, Tampering.NONE).run(1);

        assertThat(findings.of(Problem.UNCHARGED)).isNotEmpty();
    }

    /** A release that is killed right before or after it gives back costs its first vector either way. */
    @Test
    void campaign_killedAroundAStop_chargesTheFirstVectorAlone() throws Exception {
        Findings findings = new KillCampaign(
                        database, folder, SEED, List.of("people RETURNED", "people RETURNED"), false, Tampering.NONE)
                .run(2);

        assertThat(findings.problems()).as(findings.table()).isEmpty();
        assertThat(findings.table()).contains("people RETURNED");
    }

    /** The broken twin gives back a vector that it has drawn. Its witness reveals it. */
    @Test
    void campaign_programThatGivesBackWhatItDrew_isFound() throws Exception {
        Findings findings =
                new KillCampaign(database, folder, SEED, List.of("people RETURNED"), true, Tampering.NONE).run(1);

        assertThat(findings.of(Problem.UNCHARGED)).isNotEmpty();
    }

    /**
     * In another broken twin, ledger and store are set back together. Only the witness remembers what was
     * drawn.
     */
    @Test
    void campaign_ledgerAndStoreSetBackAfterTheKill_isFound() throws Exception {
        assumeTrue(database == TestDatabase.SQLITE, "one file to copy");

        Findings findings =
                new KillCampaign(database, folder, SEED, List.of("people SEALED"), false, new SetBack(true)).run(1);

        assertThat(findings.of(Problem.UNCHARGED)).isNotEmpty();
    }

    /** If the ledger alone is set back, the store remembers, and nothing is charged or drawn. */
    @Test
    void campaign_ledgerSetBackAfterTheKill_isRefused() throws Exception {
        assumeTrue(database == TestDatabase.SQLITE, "one file to copy");

        Findings findings =
                new KillCampaign(database, folder, SEED, List.of("people SEALED"), false, new SetBack(false)).run(1);

        assertThat(findings.of(Problem.FAILED)).isNotEmpty().allMatch(text -> text.contains("was set back or "));
    }

    /** Brings back an old copy of the ledger after each kill, with the store or without it. */
    private record SetBack(boolean store) implements Tampering {
        private static Path copy(TestLedger ledger) {
            return ledger.folder().resolve("copy");
        }

        @Override
        public void before(TestLedger ledger) throws IOException {
            remove(copy(ledger));
            Files.createDirectory(copy(ledger));
            Files.copy(ledger.file(), copy(ledger).resolve("db"));
            Files.createDirectory(copy(ledger).resolve("store"));
            copyAll(ledger.store(), copy(ledger).resolve("store"));
        }

        @Override
        public void after(TestLedger ledger) throws IOException {
            Files.copy(copy(ledger).resolve("db"), ledger.file(), StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(Path.of(ledger.file() + "-journal"));
            if (store) {
                remove(ledger.store());
                Files.createDirectory(ledger.store());
                copyAll(copy(ledger).resolve("store"), ledger.store());
            }
        }

        private static void copyAll(Path from, Path to) throws IOException {
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
                }
            }
        }

        private static void remove(Path folder) throws IOException {
            if (!Files.exists(folder)) {
                return;
            }
            try (Stream<Path> all = Files.walk(folder)) {
                List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
                deepestFirst.forEach(SetBack::delete);
            }
        }

        private static void delete(Path path) {
            try {
                Files.delete(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
