package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import discreet.BudgetException;
import discreet.InputException;
import discreet.RunException;
import discreet.ledger.ProtocolListener.Step;
import discreet.ledger.ReleaseStatus.State;
import discreet.ledger.ReleaseStatus.VectorStatus;
import discreet.privacy.Delta;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class PopulationTest {

    private final TestDatabase database;

    @TempDir
    private Path folder;

    PopulationTest(TestDatabase database) {
        this.database = database;
    }

    @ParameterizedTest
    @ValueSource(doubles = {.01, 1, 2, 5, 7.3, 20})
    void reserve_releaseAtTheCap_fitsExactlyAndASecondIsRefused(double epsilon) {
        TestLedger test = database.in(folder, epsilon);
        Population population = test.population();
        population.reserve(TestLedger.plan("first", epsilon));
        PopulationStatus before = population.status();

        assertThatThrownBy(() -> population.reserve(TestLedger.plan("second", .0001)))
                .isInstanceOf(BudgetException.class);

        assertThat(population.status()).isEqualTo(before);
        assertThat(before.charged().rho()).isEqualTo(TestLedger.cap(epsilon).largestRho());
        assertThat(before.epsilonLeft()).isZero();
        assertThat(before.epsilonSpent()).isLessThanOrEqualTo(epsilon).isCloseTo(epsilon, within(1e-6));
        assertThat(population.verify().ok()).isTrue();
    }

    @Test
    void reserve_overTheCap_saysWhatIsLeftAndAppendsNothing() {
        TestLedger test = database.in(folder, 2);
        Population population = test.population();
        population.reserve(TestLedger.plan("a", 1.9));
        PopulationStatus before = population.status();
        assertThatThrownBy(() -> population.reserve(TestLedger.plan("b", 1)))
                .isInstanceOf(BudgetException.class)
                .hasMessageMatching(
                        "Cannot charge population 'eu': 0\\.\\d+ of epsilon 2 is left and this release costs 1\\. The"
                                + " cap of a population never rises: ask for a smaller epsilon, or plan fewer"
                                + " releases\\.");
        assertThat(population.status()).isEqualTo(before);
        assertThat(test.kinds("b")).isEmpty();
    }

    @Test
    void reserve_whatIsLeft_fits() {
        TestLedger test = database.in(folder, 2);
        Population population = test.population();
        assertThat(population.status().epsilonLeft()).isEqualTo(2);
        population.reserve(TestLedger.plan("a", .7));
        population.reserve(TestLedger.plan("b", 1.1));
        double left = population.status().epsilonLeft();
        assertThatThrownBy(() -> population.reserve(TestLedger.plan("c", left * 1.0001)))
                .isInstanceOf(BudgetException.class);
        population.reserve(TestLedger.plan("c", left));
        assertThat(population.status().epsilonLeft()).isLessThan(.001);
        assertThat(population.status().releases()).isEqualTo(3);
    }

    private static ReleasePlan on(@Nullable HashRange hashRange, String id, double epsilon) {
        ReleasePlan plan = TestLedger.plan(id, epsilon);
        return new ReleasePlan(plan.releaseId(), plan.parameters(), hashRange, plan.vectors());
    }

    @Test
    void reserve_disjointHashRanges_costTheMaximum() {
        TestLedger test = database.in(folder, 2);
        Population population = test.population();
        HashRange apart = HashRange.below("salt", .1);
        HashRange others = HashRange.notBelow("salt", .1);
        population.reserve(on(others, "train", 1.9));
        population.reserve(on(apart, "evaluate", 1.9));
        PrivacyCost highest = TestLedger.plan("x", 1.9).price();
        assertThat(population.status().charged()).isEqualTo(highest);
        assertThat(population.releases()).extracting(ReleaseStatus::hashRange).containsExactly(others, apart);

        PopulationStatus before = population.status();
        for (HashRange hashRange : Arrays.asList(others, apart, null, HashRange.below("other salt", .1))) {
            assertThatThrownBy(() -> population.reserve(on(hashRange, "more", 1)))
                    .isInstanceOf(BudgetException.class);
        }
        assertThat(population.status()).isEqualTo(before);
        population.reserve(on(null, "everybody", before.epsilonLeft()));
        assertThat(population.status().charged())
                .isEqualTo(
                        highest.plus(TestLedger.plan("x", before.epsilonLeft()).price()));
        assertThat(population.verify().ok()).isTrue();
    }

    /** Each program catches up with what the other one has charged. */
    @Test
    void reserve_twoProgramsInTurn_chargeWhatBothReserved() {
        TestLedger test = database.in(folder, 20);
        List<Population> programs = List.of(test.population(), test.population());
        HashRange apart = HashRange.below("salt", .1);
        for (int i = 0; i < 6; i++) {
            Population program = programs.get(i % 2);
            TestLedger.releaseAll(program.reserve(on(i < 4 ? null : apart, "r" + i, 1)));
            assertThat(program.status()).isEqualTo(test.population().status());
        }
        assertThat(programs.get(0).status().charged().rho())
                .isEqualTo(TestLedger.plan("x", 1).price().rho().times(6));
        assertThat(programs.get(1).verify().ok()).isTrue();
    }

    /** A refused charge is rolled back, and rows counted meanwhile must not count. */
    @Test
    void reserve_afterARefusal_fitsAsBefore() {
        TestLedger test = database.in(folder, 2);
        Population population = test.population();
        population.reserve(TestLedger.plan("a", 1));
        assertThatThrownBy(() -> population.reserve(TestLedger.plan("b", 1.9))).isInstanceOf(BudgetException.class);
        population.reserve(TestLedger.plan("c", .3));
        assertThat(population.status()).isEqualTo(test.population().status());
        assertThat(population.verify().ok()).isTrue();
    }

    @Test
    void check_anotherDriverBetweenDrawAndSeal_isNotRefused() {
        TestLedger test = database.in(folder, 5);
        Population population = test.population();
        ReleasePlan plan = TestLedger.plan("mine", 1);
        List<PrivacyCost> due = new ArrayList<>();
        ProtocolListener checking = step -> {
            if (step == Step.WRITTEN || step == Step.SYNCED) {
                due.add(population.check(plan));
            }
        };
        TestLedger.releaseAll(test.population(checking).reserve(TestLedger.plan("theirs", 1)));
        assertThat(due).hasSize(6).containsOnly(plan.price());
    }

    /**
     * Returns a population as a driver sees it that lists the store just after another driver has released.
     */
    private static Population listedAfter(TestLedger test, Runnable before) {
        Store store = test.population().store();
        Store listedAfter = (Store) Proxy.newProxyInstance(
                PopulationTest.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("files")) {
                        before.run();
                    }
                    return method.invoke(store, arguments);
                });
        return new Population(
                new Database(test.dialect()),
                ProtocolListener.NONE,
                TestLedger.POPULATION,
                test.population().cap(),
                listedAfter);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void reserve_anotherDriverReleasesBeforeTheStoreIsListed_isNotTakenForAnOldLedger(boolean check) {
        TestLedger test = database.in(folder, 5);
        Population population = listedAfter(
                test, () -> TestLedger.releaseAll(test.population().reserve(TestLedger.plan(ReleaseId.fresh(), .1))));
        ReleasePlan plan = TestLedger.plan("mine", 1);
        if (check) {
            assertThat(population.check(plan)).isEqualTo(plan.price());
        } else {
            assertThat(population.reserve(plan).price()).isEqualTo(plan.price());
        }
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void reserve_sealedAndItsStoreGone_isFree() throws IOException {
        TestLedger test = database.in(folder, 5);
        Population population = test.population();
        TestLedger.releaseAll(population.reserve(TestLedger.plan("r", 1)));
        Files.move(test.store(), folder.resolve("away"));
        assertThat(population.check(TestLedger.plan("r", 1))).isEqualTo(PrivacyCost.NOTHING);
        assertThat(population.reserve(TestLedger.plan("r", 1)).price())
                .isEqualTo(TestLedger.plan("r", 1).price());
        assertThatThrownBy(() -> population.check(TestLedger.plan("s", 1))).isInstanceOf(RunException.class);
    }

    /** Anyone may read the ledger, so it must not say how long sums over users' rows took. */
    @Test
    void rows_ofAReleaseThatIsChargedAgain_allShowTheTimeOfReservation() {
        TestLedger test = database.in(folder, 5);
        ProtocolListener stopping = StoppedReleaseTest.stopAt(Step.NOISED, "items");
        assertThatThrownBy(() -> TestLedger.releaseAll(test.population(stopping).reserve(TestLedger.plan("r", 1))))
                .isInstanceOf(StoppedReleaseTest.Stopped.class);
        long reserved = test.population().rows("r").get(0).time();
        while (System.currentTimeMillis() <= reserved) {
            Thread.onSpinWait();
        }
        ChargedRelease slow = test.population().reserve(TestLedger.plan("r", 1));
        TestLedger.release(slow, "items");
        ChargedRelease other = test.population().reserve(TestLedger.plan("other", 1));
        TestLedger.releaseAll(other);
        TestLedger.releaseAll(slow);

        assertThat(test.kinds("r")).contains("RESERVE items 2");
        assertThat(test.population().rows("r")).extracting(LedgerRow::time).containsOnly(reserved);
        assertThat(test.population().rows("other").get(0).time()).isGreaterThan(reserved);
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void reserve_sameIdOnAnotherHashRange_isBadInput() {
        Population population = database.in(folder, 5).population();
        population.reserve(on(HashRange.below("salt", .1), "a", 1));
        for (HashRange hashRange : Arrays.asList(null, HashRange.below("salt", .2))) {
            assertThatThrownBy(() -> population.reserve(on(hashRange, "a", 1))).isInstanceOf(InputException.class);
        }
    }

    @Test
    void reserve_deltaOfAVector_isChargedFromItsOwnPartAlone() {
        TestLedger test = database.in(folder, 1);
        Population population = test.population();
        Delta all = population.cap().deltaForItems();
        Rho largest = population.cap().largestRho();
        Delta more = new Delta(all.units() + 1);
        assertThatThrownBy(() -> population.reserve(
                        new ReleasePlan("r", "{}", List.of(new PlannedVector("ids", new Rho(1), more)))))
                .isInstanceOf(BudgetException.class)
                .hasMessageContaining("set apart for item ids");

        population.reserve(new ReleasePlan("r", "{}", List.of(new PlannedVector("ids", largest, all))));

        assertThat(population.status().charged()).isEqualTo(new PrivacyCost(largest, all));
        assertThat(population.verify().ok()).isTrue();
    }

    @Test
    void reserve_hugeCharges_areRefusedNotWrappedAround() {
        Population population = database.in(folder, 1).population();
        ReleasePlan plan = new ReleasePlan(
                "r", "{}", List.of(new PlannedVector("a", new Rho(Long.MAX_VALUE)), new PlannedVector("b", Rho.MAX)));
        assertThatThrownBy(() -> population.reserve(plan)).isInstanceOf(BudgetException.class);
    }

    @Test
    void reserve_sameIdOtherParameters_isBadInput() {
        TestLedger test = database.in(folder, 5);
        Population population = test.population();
        population.reserve(TestLedger.plan("r", 1));
        PopulationStatus before = population.status();
        assertThatThrownBy(() -> population.reserve(TestLedger.plan("r", 2)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("reserved with other parameters");
        ReleasePlan fewer = new ReleasePlan(
                "r",
                TestLedger.plan("r", 1).parameters(),
                TestLedger.plan("r", 1).vectors().subList(0, 2));
        assertThatThrownBy(() -> population.reserve(fewer)).isInstanceOf(InputException.class);
        assertThat(population.status()).isEqualTo(before);
    }

    @Test
    void reserve_sameParametersInAnotherForm_areTheSame() {
        Population population = database.in(folder, 5).population();
        List<PlannedVector> vectors = TestLedger.plan("r", 1).vectors();
        population.reserve(new ReleasePlan("r", "{\"a\": 1, \"b\": {\"d\": 2.50, \"c\": null}}", vectors));
        population.reserve(new ReleasePlan("r", "{\"b\":{\"c\":null,\"d\":2.5},\n\"a\":1}", vectors));
        assertThat(population.status().releases()).isEqualTo(1);
    }

    @Test
    void reserve_idThatDiffersByCaseAlone_isBadInput() {
        Population population = database.in(folder, 5).population();
        population.reserve(TestLedger.plan("Monday", 1));
        assertThatThrownBy(() -> population.reserve(TestLedger.plan("monday", 1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'Monday'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a b", "é", "a\n"})
    void plan_badId_isBadInput(String id) {
        assertThatThrownBy(() -> TestLedger.plan(id, 1)).isInstanceOf(InputException.class);
    }

    @Test
    void fresh_ids_areWellFormedAndDistinct() {
        String first = ReleaseId.fresh();
        assertThat(first).matches("\\d{8}-\\d{6}-[0-9a-f]{12}").isNotEqualTo(ReleaseId.fresh());
        assertThat(TestLedger.plan(first, 1).releaseId()).isEqualTo(first);
    }

    @Test
    void close_population_endsDrawingButNotReading() {
        TestLedger test = database.in(folder, 5);
        Population population = test.population();
        ChargedRelease sealed = population.reserve(TestLedger.plan("sealed", 1));
        TestLedger.releaseAll(sealed);
        ChargedRelease open = population.reserve(TestLedger.plan("open", 1));
        long[] values = TestLedger.release(open, "people").values();

        population.close();
        population.close();

        assertThat(population.status().closed()).isTrue();
        assertThat(population.status().epsilonLeft()).isZero();
        assertThatThrownBy(() -> population.reserve(TestLedger.plan("new", 1)))
                .isInstanceOf(BudgetException.class)
                .hasMessageContaining("it is closed");
        assertThatThrownBy(() -> population.reserve(TestLedger.plan("open", 1))).isInstanceOf(BudgetException.class);
        assertThatThrownBy(() -> TestLedger.release(open, "items")).isInstanceOf(BudgetException.class);
        assertThat(TestLedger.release(open, "people").values()).isEqualTo(values);
        TestLedger.releaseAll(population.reserve(TestLedger.plan("sealed", 1)));
        assertThat(population.verify())
                .isEqualTo(Verification.intact(population.verify().rows()));
    }

    @Test
    void releases_listing_saysHowFarEachVectorHasCome() {
        TestLedger test = database.in(folder, 5);
        ChargedRelease release = test.population(StoppedReleaseTest.stopAt(ProtocolListener.Step.NOISED, "items"))
                .reserve(TestLedger.plan("r", 1));
        TestLedger.release(release, "people");
        assertThatThrownBy(() -> TestLedger.release(release, "items")).isInstanceOf(StoppedReleaseTest.Stopped.class);

        ReleaseStatus status = test.population().releases().get(0);
        assertThat(status.releaseId()).isEqualTo("r");
        assertThat(status.parameters()).isEqualTo("{\"epsilon\":1.0,\"objective\":\"ranking\"}");
        assertThat(status.charged()).isEqualTo(TestLedger.plan("r", 1).price());
        assertThat(status.isSealed()).isFalse();
        assertThat(status.vectors())
                .containsExactly(
                        vector("people", State.SEALED, 1),
                        vector("items", State.DRAWN, 1),
                        vector("gram", State.RESERVED, 1));

        test.population().reserve(TestLedger.plan("r", 1));
        assertThat(test.population().releases().get(0).vectors())
                .as("charged again, since it may have been drawn")
                .contains(vector("items", State.RESERVED, 2));
    }

    private static VectorStatus vector(String name, State state, int attempts) {
        Rho rho = TestLedger.plan("r", 1).vector(name).rho().times(attempts);
        return new VectorStatus(name, state, attempts, new PrivacyCost(rho, Delta.ZERO));
    }

    @Test
    void holds_chainHeads_onlyItsOwn() {
        Population population = database.in(folder, 5).population();
        ChargedRelease release = population.reserve(TestLedger.plan("r", 1));
        TestLedger.releaseAll(release);
        String head = release.chainHead();
        assertThat(head).isEqualTo(population.status().chainHead());
        population.reserve(TestLedger.plan("s", 1));
        assertThat(release.chainHead()).isEqualTo(head);
        assertThat(population.holds(head)).isTrue();
        assertThat(population.holds("0".repeat(64))).isFalse();
    }
}
