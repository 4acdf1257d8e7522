package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import discreet.BudgetException;
import discreet.RunException;
import discreet.ledger.ProtocolListener.Step;
import discreet.ledger.StoppedReleaseTest.Stopped;
import discreet.noise.ThresholdedGaussian;
import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests releases of sums by private keys. It checks what comes out, what is charged for it, and what the
 * ledger reveals about it.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ReleasedKeysTest {

    private static final ReleasePlan PLAN = TestLedger.planWithKeys("r", 1);
    private static final PlannedVector ITEMS = PLAN.vector("items");
    private static final Set<Step> MAYBE_DRAWN = EnumSet.range(Step.DRAW_APPENDED, Step.SYNCED);

    private final TestDatabase database;

    @TempDir
    private Path folder;

    ReleasedKeysTest(TestDatabase database) {
        this.database = database;
    }

    private static LedgerRow draw(TestLedger test, String vector) {
        return test.population().rows("r").stream()
                .filter(row -> row.is(LedgerRow.Kind.DRAW) && row.vector().equals(vector))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Sums of 10^9 and more are 10^5 sigma above the threshold, and sums of 1 are six sigma below it. One of
     * 20 such sums passes with probability 2e-8.
     */
    @Test
    void releaseKeys_clearCases_givesTheKeysOfManyUsersInOrder() {
        TestLedger test = database.in(folder, 1);
        Released released = TestLedger.releaseKeys(test.population().reserve(PLAN), TestLedger.sumsByKey(40, 20));
        assertThat(released.keys()).containsExactlyElementsOf(new TreeMap<>(TestLedger.sumsByKey(40, 0)).keySet());
        for (int i = 0; i < released.length(); i++) {
            double exact =
                    TestLedger.sumsByKey(40, 0).getOrDefault(released.keys().get(i), 0L);
            assertThat(Math.abs(released.values()[i] - exact)).isLessThan(8 * released.sigma());
        }
        assertThat(released.sensitivity()).isEqualTo(TestLedger.SENSITIVITY);
    }

    /**
     * The charge is what OpenDP computes for this noise and this threshold. A twin that is drawn with a
     * threshold one lower, or with less noise, costs more than was reserved, so the guard before DRAW would
     * refuse it.
     */
    @Test
    void releaseKeys_draw_costsWhatWasReservedAndATwinCostsMore() {
        TestLedger test = database.in(folder, 1);
        TestLedger.releaseKeys(test.population().reserve(PLAN), TestLedger.sumsByKey(4, 4));
        LedgerRow draw = draw(test, "items");
        JsonNode body = CanonicalJson.read(draw.body());
        double sigma = body.path("sigma").doubleValue();
        long threshold = body.path("threshold").longValue();
        ThresholdedGaussian drawn =
                ThresholdedGaussian.of(sigma, threshold, 500, TestLedger.SENSITIVITY, TestLedger.SENSITIVITY);
        assertThat(draw.price())
                .isEqualTo(new PrivacyCost(Rho.roundedUp(drawn.rho()), Delta.roundedUp(drawn.delta())))
                .matches(price -> price.isWithin(ITEMS.price()));
        for (ThresholdedGaussian twin : List.of(
                ThresholdedGaussian.of(sigma, threshold - 1, 500, TestLedger.SENSITIVITY, TestLedger.SENSITIVITY),
                ThresholdedGaussian.of(.999 * sigma, threshold, 500, TestLedger.SENSITIVITY, TestLedger.SENSITIVITY))) {
            assertThat(new PrivacyCost(Rho.roundedUp(twin.rho()), Delta.roundedUp(twin.delta()))
                            .isWithin(ITEMS.price()))
                    .isFalse();
        }
    }

    /**
     * Adds one user with 500 keys that no other user has, each of them 6.0 sigma below the threshold. One of
     * them comes out, and is seen in the size of the file, with probability 5e-7. Delta pays for that.
     */
    @Test
    void releaseKeys_oneMoreUserWithPrivateKeys_leavesNoTraceInLedgerOrStore() throws IOException {
        List<String> bodies = new ArrayList<>();
        List<PrivacyCost> prices = new ArrayList<>();
        List<Long> probes = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (int lone : new int[] {0, 500}) {
            TestLedger test = database.in(Files.createDirectory(folder.resolve("with-" + lone)), 1);
            ChargedRelease release = test.population(step -> {
                        if (step == Step.PROBED) {
                            test.files().values().forEach(probe -> probes.add((long) probe.length));
                        }
                    })
                    .reserve(PLAN);
            TestLedger.releaseKeys(release, TestLedger.sumsByKey(40, lone));
            bodies.add(draw(test, "items").body().replaceFirst("\"id\":\"[0-9a-f]{12}\"", "")); // random
            prices.add(draw(test, "items").price());
            test.files().values().forEach(file -> sizes.add(file.length));
            assertThat(test.population().rows("r").toString()).doesNotContain("lone key");
        }
        assertThat(bodies.get(0)).isEqualTo(bodies.get(1)).doesNotContain("length");
        assertThat(prices.get(0)).isEqualTo(prices.get(1));
        assertThat(probes).containsExactly(ThresholdedMechanism.ROOM_BYTES, ThresholdedMechanism.ROOM_BYTES);
        assertThat(sizes).hasSize(2).allMatch(sizes.get(0)::equals);
    }

    /**
     * One account alone has 100,000 keys, each with all that an account can add to one. Delta is so large
     * that some come out. It is .01 over 500 keys, so at most 2e-5 a key, and more than 30 keys come out with
     * probability 4e-13. The twin's threshold is for one key an account, which has delta .01 a key. About
     * 1000 keys come out, and 30 or fewer with a probability below 1e-300.
     */
    @Test
    void releaseKeys_keysOfOneUserAlone_comeOutAsRarelyAsChargedAndATwinsMoreOften() {
        Budget budget = new Budget(5, .2, Delta.roundedUp(.1));
        TestLedger test = database.in(folder);
        test.ledger().openPopulation(TestLedger.POPULATION, budget, database.store(test.store()));
        Delta delta = Delta.part(.1, 10);
        Rho rho = new Budget(1, .1).largestRho();
        Map<String, Long> lone = IntStream.range(0, 100_000).boxed().collect(Collectors.toMap(i -> "lone key " + i, i ->
                (long) TestLedger.SENSITIVITY));
        int[] out = new int[2];
        for (int keys : new int[] {500, 1}) {
            ChargedRelease release = test.population()
                    .reserve(new ReleasePlan("for-" + keys, "{}", List.of(new PlannedVector("items", rho, delta))));
            out[keys == 1 ? 1 : 0] = release.releaseKeys(
                            "items",
                            keys,
                            TestLedger.SENSITIVITY,
                            TestLedger.SENSITIVITY,
                            "{}",
                            () -> ExactMap.of(lone))
                    .length();
        }
        assertThat(out[0]).isLessThanOrEqualTo(30);
        assertThat(out[1]).as("the twin").isGreaterThan(30);
    }

    @ParameterizedTest
    @EnumSource(value = Step.class, mode = EnumSource.Mode.EXCLUDE, names = "RETURNED")
    void rerun_afterAStop_chargesRhoAndDeltaAgainWhereItMayHaveBeenDrawn(Step step) {
        TestLedger test = database.in(folder, 5);
        assertThatThrownBy(() -> TestLedger.releaseAllWithKeys(test.population(StoppedReleaseTest.stopAt(step, "items"))
                        .reserve(PLAN)))
                .isInstanceOf(Stopped.class);
        assertThat(test.population().status().charged()).isEqualTo(PLAN.price());
        Map<String, byte[]> before = test.files();

        ChargedRelease rerun = test.population().reserve(PLAN);

        PrivacyCost again = MAYBE_DRAWN.contains(step) ? ITEMS.price() : PrivacyCost.NOTHING;
        assertThat(again.delta()).isEqualTo(MAYBE_DRAWN.contains(step) ? ITEMS.delta() : Delta.ZERO);
        assertThat(test.population().status().charged())
                .isEqualTo(PLAN.price().plus(again))
                .isEqualTo(rerun.price());
        TestLedger.releaseAllWithKeys(rerun);
        assertThat(test.population().status().charged()).isEqualTo(PLAN.price().plus(again));
        assertThat(test.files().keySet())
                .containsExactly(
                        "r.gram.1.sealed",
                        "r.items." + (MAYBE_DRAWN.contains(step) ? 2 : 1) + ".sealed",
                        "r.people.1.sealed");
        if (step == Step.SEALED) {
            assertThat(test.files().get("r.items.1.sealed")).isEqualTo(before.get("r.items.1.sealed"));
        }
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void releaseKeys_sealed_returnsTheSameKeysForFree() {
        TestLedger test = database.in(folder, 1);
        ChargedRelease release = test.population().reserve(PLAN);
        Released first = TestLedger.releaseKeys(release, TestLedger.sumsByKey(40, 7));
        PopulationStatus before = test.population().status();

        Released again = test.population()
                .reserve(PLAN)
                .releaseKeys("items", 500, TestLedger.SENSITIVITY, TestLedger.SENSITIVITY, "{}", () -> {
                    throw new AssertionError("the data were read again");
                });

        assertThat(again.keys()).isEqualTo(first.keys());
        assertThat(again.values()).isEqualTo(first.values());
        assertThat(test.population().sealed("r", "items").keys()).isEqualTo(first.keys());
        assertThat(test.population().status()).isEqualTo(before);
    }

    /**
     * Sums far outside are folded into +-2^62, and nothing is thrown, because an error would be a release.
     */
    @Test
    void releaseKeys_extremeSumsAndKeys_areNotRefused() {
        TestLedger test = database.in(folder, 1);
        String longKey = "k".repeat(200_000);
        Released released = TestLedger.releaseKeys(
                test.population().reserve(PLAN),
                Map.of("", Long.MAX_VALUE / 4 * 3, "low", Long.MIN_VALUE, longKey, 1L << 62));
        assertThat(released.keys()).containsExactly("", longKey);
        assertThat(TestLedger.releaseKeys(test.population().reserve(PLAN), Map.of())
                        .keys())
                .isEqualTo(released.keys());
    }

    @Test
    void releaseKeys_noSums_isEmptyAndSealed() {
        TestLedger test = database.in(folder, 1);
        assertThat(TestLedger.releaseKeys(test.population().reserve(PLAN), Map.of())
                        .keys())
                .isEmpty();
        assertThat(test.population().sealed("r", "items").hasKeys()).isTrue();
    }

    @Test
    void releaseKeys_vectorWithoutDelta_failsBeforeDrawing() {
        TestLedger test = database.in(folder, 1);
        ChargedRelease release = test.population().reserve(TestLedger.plan("r", 1));
        assertThatThrownBy(() -> TestLedger.releaseKeys(release, Map.of()))
                .isInstanceOf(RunException.class)
                .hasMessageEndingWith("Nothing was drawn.");
        assertThat(test.kinds("r")).hasSize(3);
    }

    @Test
    void exactMap_toString_showsNothing() {
        assertThat(ExactMap.of(TestLedger.sumsByKey(3, 3))).hasToString("ExactMap");
    }

    /**
     * Each of these releases takes a tenth of the delta for items, rounded up. So nine is all, whatever is
     * left of epsilon.
     */
    @Test
    void reserve_deltasReachTheCap_isRefusedAndSaysWhatToDo() {
        TestLedger test = database.in(folder, 50);
        IntStream.range(0, 9).forEach(i -> test.population().reserve(TestLedger.planWithKeys("r" + i, .1)));
        PopulationStatus before = test.population().status();
        ReleasePlan tenth = TestLedger.planWithKeys("r9", .1);
        for (var refused : List.<Runnable>of(
                () -> test.population().reserve(tenth), () -> test.population().check(tenth))) {
            assertThatThrownBy(refused::run)
                    .isInstanceOf(BudgetException.class)
                    .hasMessageContaining("set apart for item ids not enough is left")
                    .hasMessageContaining("`items`");
        }
        assertThat(test.population().status()).isEqualTo(before);
        test.population().reserve(TestLedger.plan("listed", .1));
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void reserve_beyondTheCap_saysHowMuchAnotherOfItsKindCanAskFor() {
        TestLedger test = database.in(folder, 5);
        IntStream.range(0, 8).forEach(i -> test.population().reserve(TestLedger.planWithKeys("r" + i, .5)));
        String refused = catchThrowable(() -> test.population().reserve(TestLedger.planWithKeys("r8", 4.9)))
                .getMessage();
        Matcher left = Pattern.compile("(\\S+) of epsilon 5 is left").matcher(refused);
        assertThat(left.find()).as(refused).isTrue();
        assertThat(Double.parseDouble(left.group(1))).isGreaterThan(4);
        test.population().reserve(TestLedger.planWithKeys("r8", Double.parseDouble(left.group(1))));
    }

    @Test
    void verify_drawThatCostMoreDelta_isFound() {
        TestLedger test = database.in(folder, 1);
        TestLedger.releaseAllWithKeys(test.population().reserve(PLAN));
        Population population = test.population();
        List<LedgerRow> rows = new ArrayList<>();
        for (String release : List.of("", "r")) {
            rows.addAll(population.rows(release));
        }
        ChainWalk asWritten = new ChainWalk(TestLedger.POPULATION);
        ChainWalk edited = new ChainWalk(TestLedger.POPULATION);
        for (LedgerRow row : rows) {
            asWritten.add(row);
            boolean mine = row.is(LedgerRow.Kind.DRAW) && row.vector().equals("items");
            edited.add(new LedgerRow(
                            row.population(),
                            row.seq(),
                            row.kind(),
                            row.release(),
                            row.vector(),
                            row.attempt(),
                            row.rhoUnits(),
                            row.deltaUnits() + (mine ? ITEMS.delta().units() : 0),
                            row.body(),
                            row.time(),
                            edited.head(),
                            "")
                    .hashed());
        }
        assertThat(asWritten.defect()).isNull();
        assertThat(edited.defect())
                .extracting(ChainWalk.Defect::reason)
                .asString()
                .contains("cost more than was charged");
    }

    @Test
    void plan_deltaOfAVector_isPartOfWhatARerunIsComparedWith() {
        TestLedger test = database.in(folder, 1);
        test.population().reserve(PLAN);
        ReleasePlan other = new ReleasePlan(
                "r",
                PLAN.parameters(),
                List.of(PLAN.vector("people"), new PlannedVector("items", ITEMS.rho()), PLAN.vector("gram")));
        assertThatThrownBy(() -> test.population().reserve(other)).hasMessageContaining("other parameters");
        assertThatIllegalArgumentException().isThrownBy(() -> PLAN.vector("none"));
    }
}
