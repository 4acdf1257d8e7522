package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.BudgetException;
import discreet.RunException;
import discreet.noise.DiscreteGaussian;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class ChargedReleaseTest {

    private final TestDatabase database;

    private static final ReleasePlan PLAN = TestLedger.plan("r", 1);

    @TempDir
    private Path folder;

    ChargedReleaseTest(TestDatabase database) {
        this.database = database;
    }

    private static Released neverAgain(ChargedRelease release, String vector) {
        return release.release(vector, TestLedger.SENSITIVITY, "{}", () -> {
            throw new AssertionError("the data were read again");
        });
    }

    @Test
    void release_sealed_returnsTheSameBytesForFree() {
        TestLedger test = database.in(folder, 1);
        ChargedRelease release = test.population().reserve(PLAN);
        Released first = TestLedger.release(release, "items");
        TestLedger.release(release, "people");
        TestLedger.release(release, "gram");
        PopulationStatus before = test.population().status();
        assertThat(before.epsilonLeft()).as("the budget is used up").isZero();

        ChargedRelease rerun = test.population().reserve(PLAN);
        Released again = neverAgain(rerun, "items");

        assertThat(again.values()).isEqualTo(first.values());
        assertThat(again.sigma()).isEqualTo(first.sigma());
        assertThat(again.sensitivity()).isEqualTo(TestLedger.SENSITIVITY);
        assertThat(again.context()).isEqualTo(first.context()).isEqualTo("{\"scale\":1.0E-5,\"vector\":\"items\"}");
        assertThat(test.population().status()).isEqualTo(before);
    }

    @Test
    void release_vector_addsTheNoiseThatWasPaidFor() {
        TestLedger test = database.in(folder, 1);
        ChargedRelease release = test.population().reserve(PLAN);
        Released released = TestLedger.release(release, "gram");
        assertThat(Rho.roundedUp(DiscreteGaussian.withSigma(released.sigma()).rho(TestLedger.SENSITIVITY)))
                .isLessThanOrEqualTo(PLAN.vector("gram").rho());
        assertThat(isNoise(released, released.sigma())).isTrue();
        assertThat(isNoise(released, released.sigma() * 1.2))
                .as("a twin with a sigma 20 % off fails")
                .isFalse();
    }

    /**
     * The mean square of 3000 Gaussians over sigma^2 has standard deviation sqrt(2 / 3000) = .0258. It stays
     * within 6 of them with probability about 1 - 3e-9 under the normal tail. The chi-squared tail is a
     * little heavier, so a false alarm has probability about 1e-7.
     */
    private static boolean isNoise(Released released, double sigma) {
        long[] exact = TestLedger.sums(released.vector()).sums();
        double square = 0;
        for (int i = 0; i < exact.length; i++) {
            square += Math.pow((released.values()[i] - exact[i]) / sigma, 2);
        }
        return Math.abs(square / exact.length - 1) < 6 * Math.sqrt(2.0 / exact.length);
    }

    /** Rows that showed the clock would tell how long the exact sums took. */
    @Test
    void release_any_allRowsShowTheTimeBeforeTheDataWasRead() {
        Instant started = Instant.parse("2026-01-02T03:04:05.678Z");
        TestLedger test = database.in(folder, 1);

        ChargedRelease release = test.population().reserve(PLAN, started);
        TestLedger.releaseAll(release);

        assertThat(test.population().rows("r")).hasSize(9).allMatch(row -> row.time() == started.toEpochMilli());
        assertThat(release.startedAt()).isEqualTo(started);
        assertThat(test.population().releases().get(0).reservedAt()).isEqualTo(started);
    }

    @Test
    void release_draw_keepsSigmaSensitivityAndItsCostInTheLedger() {
        TestLedger test = database.in(folder, 1);
        Released released = TestLedger.release(test.population().reserve(PLAN), "gram");
        LedgerRow draw = test.population().rows("r").stream()
                .filter(row -> row.is(LedgerRow.Kind.DRAW))
                .findFirst()
                .orElseThrow();
        JsonNode body = CanonicalJson.read(draw.body());
        assertThat(body.path("sigma").doubleValue()).isEqualTo(released.sigma());
        assertThat(body.path("sensitivity").doubleValue()).isEqualTo(TestLedger.SENSITIVITY);
        assertThat(body.path("length").intValue()).isEqualTo(3000);
        assertThat(draw.rhoUnits())
                .isEqualTo(Rho.roundedUp(
                                DiscreteGaussian.withSigma(released.sigma()).rho(TestLedger.SENSITIVITY))
                        .units())
                .isLessThanOrEqualTo(PLAN.vector("gram").rho().units());
    }

    @Test
    void release_sumsBeyondTheBound_areFoldedNotRefused() {
        TestLedger test = database.in(folder, 1);
        ChargedRelease release = test.population().reserve(PLAN);
        long bound = 1L << 62;
        Released released = release.release(
                "gram", 1, "{}", () -> Exact.of(new long[] {-bound, bound, bound + (1 << 20), Long.MIN_VALUE}));
        assertThat(released.values()[0]).isBetween(-bound - 1000, -bound + 1000);
        assertThat(released.values()[1]).isBetween(bound - 1000, bound + 1000);
        assertThat(released.values()[2]).isBetween(bound - (1 << 20) - 1000, bound - (1 << 20) + 1000);
        assertThat(released.values()[3]).isBetween(-1000L, 1000L);
    }

    @Test
    void release_emptyVector_isSealedToo() {
        TestLedger test = database.in(folder, 1);
        ChargedRelease release = test.population().reserve(PLAN);
        assertThat(release.release("gram", 1, "{}", () -> Exact.of(new long[0])).length())
                .isZero();
        assertThat(neverAgain(release, "gram").values()).isEmpty();
    }

    @Test
    void release_aggregateFails_leavesTheVectorPaidFor() {
        TestLedger test = database.in(folder, 1);
        ChargedRelease release = test.population().reserve(PLAN);
        assertThatThrownBy(() -> release.release("gram", 1, "{}", () -> {
                    throw new IllegalStateException("a task died");
                }))
                .hasMessage("a task died");
        assertThat(test.kinds("r")).containsExactly("RESERVE people 1", "RESERVE items 1", "RESERVE gram 1");
        TestLedger.releaseAll(test.population().reserve(PLAN));
    }

    @Test
    void release_noiseOutOfRange_failsBeforeDrawing() {
        TestLedger test = database.in(folder, 1);
        ChargedRelease release = test.population().reserve(PLAN);
        assertThatThrownBy(() -> release.release("people", 0x1p60, "{}", () -> TestLedger.sums("people")))
                .isInstanceOf(RunException.class)
                .hasMessageEndingWith("Nothing was drawn.");
        assertThat(test.kinds("r")).hasSize(3);
    }

    @Test
    void release_damagedFile_failsAndIsNeverDrawnAgain() throws Exception {
        TestLedger test = database.in(folder, 5);
        ChargedRelease release = test.population().reserve(PLAN);
        TestLedger.releaseAll(release);
        List<String> rows = test.kinds("r");
        Path file = test.store().resolve("r.items.1.sealed");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> neverAgain(release, "items"))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("its digest differs");
        Files.delete(file);
        assertThatThrownBy(() -> neverAgain(test.population().reserve(PLAN), "items"))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("it is missing");
        assertThat(test.kinds("r")).isEqualTo(rows);
    }

    @Test
    void release_fileOfAnotherVectorInItsPlace_fails() throws Exception {
        TestLedger test = database.in(folder, 5);
        ChargedRelease release = test.population().reserve(PLAN);
        TestLedger.releaseAll(release);
        Files.write(
                test.store().resolve("r.items.1.sealed"),
                Files.readAllBytes(test.store().resolve("r.gram.1.sealed")));
        assertThatThrownBy(() -> neverAgain(release, "items")).isInstanceOf(RunException.class);
    }

    @Test
    void release_notPlannedOrClosed_isRefused() {
        TestLedger test = database.in(folder, 1);
        ChargedRelease release = test.population().reserve(PLAN);
        assertThatThrownBy(() -> TestLedger.release(release, "other")).isInstanceOf(IllegalArgumentException.class);
        release.close();
        assertThatThrownBy(() -> TestLedger.release(release, "gram")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void exact_toString_showsNoSum() {
        assertThat(Exact.of(new long[] {123456})).hasToString("Exact[1 sums]");
    }

    @Test
    void release_twoDriversUnderOneId_agreeOnTheFirstSeal() {
        TestLedger test = database.in(folder, 5);
        ChargedRelease first = test.population().reserve(PLAN);
        ChargedRelease second = test.population().reserve(PLAN);
        Released[] other = new Released[1];

        Released mine = first.release("gram", TestLedger.SENSITIVITY, "{}", () -> {
            other[0] = TestLedger.release(second, "gram");
            return TestLedger.sums("gram");
        });

        assertThat(mine.values()).isEqualTo(other[0].values());
        assertThat(first.price()).as("nothing was drawn twice").isEqualTo(PLAN.price());
    }

    @Test
    void release_twoDriversDrawUnderOneId_eachDrawIsPaidForAndOneIsSealed() {
        TestLedger test = database.in(folder, 5);
        Released[] other = new Released[1];
        ChargedRelease second = test.population().reserve(PLAN);
        ChargedRelease first = test.population(step -> {
                    if (step == ProtocolListener.Step.SYNCED) {
                        other[0] = TestLedger.release(second, "gram");
                    }
                })
                .reserve(PLAN);

        Released mine = TestLedger.release(first, "gram");

        assertThat(mine.values()).isEqualTo(other[0].values());
        assertThat(first.price())
                .isEqualTo(PLAN.price().plus(PLAN.vector("gram").price()));
        assertThat(test.files().keySet()).as("its own file is dropped").containsExactly("r.gram.2.sealed");
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void release_takenOverByARerun_failsInsteadOfSealingAFileThatIsGone() {
        TestLedger test = database.in(folder, 5);
        ChargedRelease first = test.population(step -> {
                    if (step == ProtocolListener.Step.SYNCED) {
                        test.population().reserve(PLAN);
                    }
                })
                .reserve(PLAN);
        assertThatThrownBy(() -> TestLedger.release(first, "gram"))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("took over");
        TestLedger.releaseAll(test.population().reserve(PLAN));
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void release_secondDrawOverTheCap_isRefused() {
        TestLedger test = database.in(folder, 1);
        ChargedRelease second = test.population().reserve(PLAN);
        ChargedRelease first = test.population(step -> {
                    if (step == ProtocolListener.Step.DRAWN) {
                        assertThatThrownBy(() -> TestLedger.release(second, "gram"))
                                .isInstanceOf(BudgetException.class);
                    }
                })
                .reserve(PLAN);
        TestLedger.release(first, "gram");
        assertThat(first.price().rho()).isEqualTo(TestLedger.cap(1).largestRho());
    }

    @Test
    void reserve_ledgerSetBackToAnOldCopy_isRefused() throws IOException {
        TestLedger test = TestDatabase.SQLITE.in(folder, 3);
        Path copy = Files.copy(test.file(), folder.resolve("copy.db"));
        TestLedger.releaseAll(test.population().reserve(PLAN));

        Files.move(copy, test.file(), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> test.population().reserve(TestLedger.plan("s", 1)))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("set back");
        assertThat(test.population().status().charged()).isEqualTo(PrivacyCost.NOTHING);
    }

    @Test
    void reserve_sumsEditedByHand_doNotLoosenTheCap() {
        TestLedger test = database.in(folder, 1);
        TestLedger.releaseAll(test.population().reserve(PLAN));
        test.sql("UPDATE population SET rho_units = 0");
        assertThatThrownBy(() -> test.population().reserve(TestLedger.plan("s", 1)))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("sums");
        assertThat(test.kinds("s")).isEmpty();
    }

    @Test
    void check_overTheCap_refusesAndAppendsNothing() {
        TestLedger test = database.in(folder, 1);
        long before = test.population().verify().rows();
        assertThatThrownBy(() -> test.population().check(TestLedger.plan("s", 2)))
                .isInstanceOf(BudgetException.class);
        test.population().check(PLAN);
        assertThat(test.population().verify().rows()).isEqualTo(before);
    }
}
