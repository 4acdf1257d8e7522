package discreet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.privacy.Budget;
import discreet.privacy.PrivacyCost;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseScheduleTest {
    private static final Budget CAP = Budget.withItems(5, Plans.DELTA);
    private static final TrainingRequest LISTED = Plans.request(1).build();
    private static final TrainingRequest SELECTED =
            Plans.request(1).catalogue(null).build();

    private static List<ScheduledRelease> planned(double... epsilons) {
        List<ScheduledRelease> planned = new ArrayList<>();
        for (double epsilon : epsilons) {
            planned.add(new ScheduledRelease(LocalDate.of(2027, 1, 1).plusDays(planned.size()), epsilon));
        }
        return planned;
    }

    private static ReleaseSchedule schedule(TrainingRequest request, double... epsilons) {
        return new ReleaseSchedule(planned(epsilons), request, CAP, RemainingBudget.full(CAP));
    }

    @Test
    void entries_refusedTraining_costsNothingAndLaterOnesMayFit() {
        ReleaseSchedule schedule = schedule(LISTED, 4, 4, 1);
        List<ReleaseSchedule.Entry> entries = schedule.entries();

        assertThat(entries).extracting(ReleaseSchedule.Entry::admitted).containsExactly(true, false, true);
        assertThat(entries).extracting(ReleaseSchedule.Entry::number).containsExactly(1, 2, 3);
        assertThat(entries.get(1).total()).isEqualTo(entries.get(0).total());
        assertThat(entries.get(1).left()).isEqualTo(entries.get(0).left());
        assertThat(schedule.total())
                .isEqualTo(entries.get(0).price().plus(entries.get(2).price()));
        assertThat(schedule.firstRefused()).isEqualTo(entries.get(1));
        assertThat(schedule.refusesTheRest(entries.get(1))).isFalse();
    }

    /** Equal to asking the budget one after the other. */
    @Test
    void entries_manyPrices_areAdmittedAsTheBudgetDecides() {
        double[] epsilons = {1, 3, 2, 1, 3, 1, .5, 2, .5, .1, .1};
        ReleaseSchedule schedule = schedule(LISTED, epsilons);
        RemainingBudget now = RemainingBudget.full(CAP);

        for (ReleaseSchedule.Entry entry : schedule.entries()) {
            PrivacyCost price =
                    LISTED.withEpsilon(epsilons[entry.number() - 1]).plan(CAP).price();
            assertThat(entry.price()).isEqualTo(price);
            assertThat(entry.admitted()).isEqualTo(now.admits(price));
            now = entry.admitted() ? now.after(price) : now;
            assertThat(entry.total()).isEqualTo(now.charged());
            assertThat(entry.left()).isEqualTo(now.left());
            assertThat(entry.epsilonTotal()).isEqualTo(now.spent());
        }
    }

    /** Ten trainings that select item ids use up the delta for ids, and rho is left. */
    @Test
    void left_selectedIds_isNothingOnceTheirDeltaIsUsedUp() {
        double[] epsilons = new double[11];
        java.util.Arrays.fill(epsilons, .1);
        ReleaseSchedule schedule = schedule(SELECTED, epsilons);
        RemainingBudget spent = RemainingBudget.full(CAP).withCharged(schedule.total());

        assertThat(schedule.entries())
                .extracting(ReleaseSchedule.Entry::admitted)
                .endsWith(true, false);
        assertThat(schedule.entries().get(8).left()).isPositive();
        assertThat(schedule.entries().get(9).left()).isZero();
        assertThat(schedule.refusesTheRest(schedule.entries().get(9))).isTrue();
        assertThat(new ReleaseSchedule(planned(.1), SELECTED, CAP, spent).entries())
                .singleElement()
                .satisfies(refused -> {
                    assertThat(refused.admitted()).isFalse();
                    assertThat(refused.left()).isZero();
                });
    }

    @Test
    void entries_withoutABudget_addUpAndAreAllAdmitted() {
        ReleaseSchedule schedule = new ReleaseSchedule(planned(4, 4, 4), LISTED, CAP, null);

        assertThat(schedule.firstRefused()).isNull();
        assertThat(schedule.entries()).allMatch(entry -> entry.admitted() && entry.left() == Double.POSITIVE_INFINITY);
        assertThat(schedule.total().rho())
                .isEqualTo(schedule.entries().get(0).price().rho().times(3));
    }
}
