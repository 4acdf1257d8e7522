package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.BudgetException;
import discreet.ledger.ProtocolListener.Step;
import discreet.privacy.PrivacyCost;
import java.io.IOException;
import java.io.Serial;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests a release that stops after a step, and the rerun under the same id. */
@Tag("slow")
@ParameterizedClass
@EnumSource(TestDatabase.class)
class StoppedReleaseTest {

    private final TestDatabase database;

    private static final Set<Step> MAYBE_DRAWN = EnumSet.range(Step.DRAW_APPENDED, Step.SYNCED);

    @TempDir
    private Path folder;

    StoppedReleaseTest(TestDatabase database) {
        this.database = database;
    }

    static final class Stopped extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;
    }

    /** Stops at a step of this vector. Vectors are released in the order of {@link TestLedger#VECTORS}. */
    static ProtocolListener stopAt(Step step, String vector) {
        return new ProtocolListener() {
            private int sealed;

            @Override
            public void passed(Step passed) {
                boolean mine = TestLedger.VECTORS.get(Math.min(sealed, 2)).equals(vector);
                if (passed == Step.SEALED) {
                    sealed++;
                }
                if (passed == step && (mine || step == Step.CHARGED || step == Step.RESERVED)) {
                    throw new Stopped();
                }
            }
        };
    }

    static Stream<Arguments> everyStepOfEveryVector() {
        return TestLedger.VECTORS.stream()
                .flatMap(vector -> Stream.of(Step.values())
                        .filter(step -> step != Step.RETURNED)
                        .map(step -> Arguments.of(vector, step)));
    }

    private static void stop(TestLedger test, String vector, Step step) {
        assertThatThrownBy(() -> TestLedger.releaseAll(
                        test.population(stopAt(step, vector)).reserve(TestLedger.plan("r", 1))))
                .isInstanceOf(Stopped.class);
    }

    @ParameterizedTest
    @MethodSource("everyStepOfEveryVector")
    void rerun_afterAStop_chargesAgainOnlyWhatMayHaveBeenDrawn(String vector, Step step) {
        TestLedger test = database.in(folder, 5);
        ReleasePlan plan = TestLedger.plan("r", 1);
        stop(test, vector, step);
        assertThat(test.population().status().charged()).isEqualTo(plan.price());
        Map<String, byte[]> before = test.files();

        ChargedRelease rerun = test.population().reserve(plan);

        PrivacyCost again = MAYBE_DRAWN.contains(step) ? plan.vector(vector).price() : PrivacyCost.NOTHING;
        assertThat(test.population().status().charged())
                .isEqualTo(plan.price().plus(again))
                .isEqualTo(rerun.price());
        List<String> left = new ArrayList<>(before.keySet());
        assertThat(left.removeIf(file -> Store.isProbeOf("r", file))).isEqualTo(step == Step.PROBED);
        if (MAYBE_DRAWN.contains(step)) {
            left.remove("r." + vector + ".1.sealed");
        }
        assertThat(test.files().keySet()).as("nothing half-written is left").containsExactlyElementsOf(left);

        TestLedger.releaseAll(rerun);
        assertThat(test.population().status().charged()).isEqualTo(plan.price().plus(again));
        Map<String, byte[]> after = test.files();
        left.forEach(name -> assertThat(after.get(name)).isEqualTo(before.get(name)));
        assertThat(after).hasSize(3);
        assertThat(after).containsKey("r." + vector + (MAYBE_DRAWN.contains(step) ? ".2.sealed" : ".1.sealed"));
        assertThat(test.population().verify().ok()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"DRAW_APPENDED", "DRAWN", "NOISED", "WRITTEN", "SYNCED"})
    void rerun_thatTheCapDoesNotAdmit_isRefusedAndAppendsNothing(Step step) {
        TestLedger test = database.in(folder, 1);
        stop(test, "gram", step);
        PopulationStatus before = test.population().status();
        assertThatThrownBy(() -> test.population().reserve(TestLedger.plan("r", 1)))
                .isInstanceOf(BudgetException.class);
        assertThat(test.population().status()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"CHARGED", "RESERVED", "AGGREGATED", "PROBED", "SEAL_APPENDED", "SEALED"})
    void rerun_atTheCap_isFreeWhereNothingCanHaveBeenDrawn(Step step) {
        TestLedger test = database.in(folder, 1);
        stop(test, "gram", step);
        ChargedRelease rerun = test.population().reserve(TestLedger.plan("r", 1));
        TestLedger.releaseAll(rerun);
        assertThat(rerun.price()).isEqualTo(TestLedger.plan("r", 1).price());
    }

    @Test
    void rerun_stoppedAgainAndAgain_paysForEachPossibleDraw() {
        TestLedger test = database.in(folder, 5);
        ReleasePlan plan = TestLedger.plan("r", 1);
        for (int i = 0; i < 3; i++) {
            stop(test, "people", Step.NOISED);
        }
        ChargedRelease release = test.population().reserve(plan);
        TestLedger.release(release, "people");
        assertThat(release.price().rho())
                .isEqualTo(plan.price().rho().plus(plan.vector("people").rho().times(3)));
        assertThat(test.files().keySet()).containsExactly("r.people.4.sealed");
        assertThat(test.kinds("r"))
                .containsExactly(
                        "RESERVE people 1",
                        "RESERVE items 1",
                        "RESERVE gram 1",
                        "DRAW people 1",
                        "RESERVE people 2",
                        "DRAW people 2",
                        "RESERVE people 3",
                        "DRAW people 3",
                        "RESERVE people 4",
                        "DRAW people 4",
                        "SEAL people 4");
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void release_repeatedInTheSameProgramAfterAFailure_chargesAgain() {
        TestLedger test = database.in(folder, 5);
        ReleasePlan plan = TestLedger.plan("r", 1);
        boolean[] fail = {true};
        ChargedRelease release = test.population(step -> {
                    if (step == Step.WRITTEN && fail[0]) {
                        throw new Stopped();
                    }
                })
                .reserve(plan);
        assertThatThrownBy(() -> TestLedger.release(release, "people")).isInstanceOf(Stopped.class);
        fail[0] = false;
        TestLedger.release(release, "people");
        assertThat(release.price())
                .isEqualTo(plan.price().plus(plan.vector("people").price()));
        test.population().reserve(plan);
        assertThat(test.files().keySet()).containsExactly("r.people.2.sealed");
    }

    @Test
    void rerun_halfWrittenFile_isRemoved() throws IOException {
        TestLedger test = database.in(folder, 5);
        stop(test, "people", Step.WRITTEN);
        try (FileChannel file = FileChannel.open(test.store().resolve("r.people.1.sealed"), StandardOpenOption.WRITE)) {
            file.truncate(21);
        }
        test.population().reserve(TestLedger.plan("r", 1));
        assertThat(test.files()).isEmpty();
    }
}
