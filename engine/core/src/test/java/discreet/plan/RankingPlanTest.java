package discreet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import discreet.InputException;
import discreet.ledger.PlannedVector;
import discreet.ledger.ReleasePlan;
import discreet.noise.DiscreteGaussian;
import discreet.noise.Threads;
import discreet.privacy.Budget;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import discreet.statistics.Head;
import discreet.statistics.RowScale;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RankingPlanTest {
    private static final double DELTA = 1e-5;

    private static RankingPlan quote(double epsilon) {
        return Plans.ranking(epsilon);
    }

    private static TrainingPlan smallest(Predicate<TrainingPlan> enough) {
        return SmallestEpsilon.search(Plans.request(1).build(), Plans.CAP, enough);
    }

    /** The figures of docs/decisions/005: OpenDP's minimum, not that of a grid. */
    @ParameterizedTest
    @CsvSource({"1, .030557", "5, .55097", "20, 5.39204"})
    void of_usualBudgets_hasTheRhoThatIsDocumented(double epsilon, BigDecimal rho) {
        double total = quote(epsilon).shares().total().toDouble();

        assertThat(new BigDecimal(total).setScale(rho.scale(), RoundingMode.HALF_UP))
                .isEqualByComparingTo(rho);
    }

    @ParameterizedTest
    @ValueSource(doubles = {.01, .5, 1, 5, 20, 300})
    void noise_eachVector_isTheOneThatItsPriceBuys(double epsilon) {
        RankingPlan quote = quote(epsilon);
        Rho sum = Rho.ZERO;
        for (QuotedVector quoted : quote.vectors(Assumptions.DEFAULT)) {
            VectorPlan vector = quoted.vector();
            DiscreteGaussian drawn = DiscreteGaussian.withSigma(vector.sigma());
            assertThat(Rho.roundedUp(drawn.rho(vector.sensitivity()))).isLessThanOrEqualTo(vector.rho());
            assertThat(drawn.rho(vector.sensitivity()))
                    .isCloseTo(
                            vector.rho().toDouble(), within(1e-9 * vector.rho().toDouble()));
            sum = sum.plus(vector.rho());
        }
        assertThat(sum).isEqualTo(new Budget(epsilon, DELTA).largestRho());
        // The formulas of the method, in units of one person: 1, 1 and 1/sqrt 2
        assertThat(quote.people().noise())
                .isCloseTo(
                        1 / Math.sqrt(2 * quote.shares().people().toDouble()),
                        within(1e-9 * quote.people().noise()));
        assertThat(quote.gram(Assumptions.DEFAULT).noise())
                .isCloseTo(quote.headSigma(), within(1e-9 * quote.headSigma()));
    }

    @Test
    void reservation_any_reservesWhatIsQuoted() {
        RankingPlan quote = quote(1);
        ReleasePlan reservation = quote.reservation("r");

        assertThat(reservation.price().rho()).isEqualTo(quote.shares().total());
        assertThat(reservation.vectors())
                .extracting(PlannedVector::name, PlannedVector::rho)
                .containsExactlyElementsOf(quote.vectors(Assumptions.DEFAULT).stream()
                        .map(QuotedVector::vector)
                        .map(vector -> tuple(vector.name(), vector.rho()))
                        .toList());
        assertThat(reservation.parameters())
                .isEqualTo("{\"catalogue\":\"" + Plans.CATALOGUE.digest()
                        + "\",\"epsilon\":1.0,\"maxHead\":4096,\"maxItemsPerUser\":500,"
                        + "\"minRating\":\"4.0\",\"objective\":\"ranking\"}");
    }

    @ParameterizedTest
    @CsvSource({"10000, 5000, 4096", "1, 5000, 4096", "10000, 20, 4096", "10000, 5000, 7", "1000000000000, 60000, 50000"
    })
    void headSize_asAssumed_isTheHeadThatTrainingWouldChoose(long people, int items, int maxHead) {
        RankingPlan quote = quote(1);
        Assumptions assumed = new Assumptions(people, items, maxHead);
        Head head = Head.choose(new double[items], people, quote.headSigma(), maxHead);

        assertThat(quote.headSize(assumed)).isEqualTo(head.size());
        assertThat(quote.draws(assumed)).isEqualTo(1L + items + (long) head.size() * (head.size() - 1) / 2);
        assertThat(quote.samplingSeconds(assumed))
                .isEqualTo(quote.draws(assumed) * TrainingPlan.DRAW_MICROSECONDS * 1e-6 / Threads.count());
    }

    @Test
    void gram_manyPeople_hasACoarserScaleAndTheSameNoise() {
        Assumptions many = new Assumptions(1L << 40, 5_000, 4096);
        RowScale scale = RowScale.forUsers(many.people(), quote(1).people().noise());

        assertThat(scale.bits()).isLessThan(19);
        assertThat(quote(1).gram(many).sensitivity()).isEqualTo(scale.sensitivity());
        assertThat(quote(1).gram(many).noise())
                .isCloseTo(quote(1).gram(Assumptions.DEFAULT).noise(), within(1e-4));
    }

    @ParameterizedTest
    @CsvSource({"3, 1, 100", ".3, 2, 1000", "40, 1e6, 1e6", "1e6, .05, 1e6", "1e4, 1e4, .1", "1, 3.3, 20"})
    void smallest_anyNoise_isEnoughAndOneStepLessIsNot(double gram, double items, double people) {
        Predicate<TrainingPlan> enough =
                quote -> quote.gram(Assumptions.DEFAULT).noise() <= gram
                        && quote.items().noise() <= items
                        && quote.people().noise() <= people;

        TrainingPlan found = smallest(enough);

        BigDecimal epsilon = BigDecimal.valueOf(found.budget().epsilon());
        BigDecimal shown = epsilon.round(new MathContext(4));
        assertThat(shown).as("is what is printed").isEqualByComparingTo(epsilon);
        assertThat(enough.test(found)).isTrue();
        assertThat(enough.test(quote(shown.doubleValue()))).isTrue();
        BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(shown.precision() - shown.scale() - 4);
        assertThat(enough.test(quote(shown.subtract(step).doubleValue()))).isFalse();
    }

    @Test
    void smallest_noiseThatNoBudgetGets_isRefused() {
        assertThatThrownBy(() -> smallest(quote -> quote.people().noise() <= 1e-9))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Cannot quote: no epsilon");
    }

    @Test
    void smallest_noiseThatAnyBudgetGets_isWhatCanBeDivided() {
        TrainingPlan least = smallest(quote -> true);

        assertThat(least.price().rho().units()).isBetween(100L, 10_000L);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0"})
    void assumptions_notPositive_areRefused(long people, int items, int maxHead) {
        assertThatThrownBy(() -> new Assumptions(people, items, maxHead)).isInstanceOf(InputException.class);
    }

    /**
     * What docs/decisions/021 says of MovieLens 1M: noise of 2.8 on an item's statistic, a threshold of 18.5
     * people.
     */
    @Test
    void discovering_epsilonFive_isWhatIsDocumented() {
        RankingPlan quote = Plans.selecting(5);
        assertThat(quote.price().rho().toDouble()).isCloseTo(.54625, within(1e-5));
        assertThat(quote.items().noise()).isCloseTo(2.805, within(1e-3));
        assertThat(quote.threshold()).isCloseTo(18.54, within(.01));
        assertThat(quote(5).threshold()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {.01, 1, 20})
    void discovering_anyBudget_costsNoMoreThanItAndATenthOfTheDeltaForItems(double epsilon) {
        Budget budget = Budget.withItems(epsilon, DELTA);
        RankingPlan quote = Plans.selecting(epsilon);
        assertThat(budget.epsilon(quote.price())).isLessThanOrEqualTo(epsilon);
        assertThat(quote.price().delta().toDouble()).isBetween(.9999e-7, 1e-7);
        assertThat(quote.price().rho()).isLessThan(quote(epsilon).price().rho());
        assertThat(budget.admits(new PrivacyCost(
                        new Rho(quote.price().rho().units() + 1000),
                        quote.price().delta())))
                .as("the largest")
                .isFalse();
        assertThat(Plans.selecting(epsilon, DELTA, 5).threshold())
                .as("fewer keys of one person, a lower threshold")
                .isLessThan(quote.threshold());
        ReleasePlan plan = quote.reservation("r");
        assertThat(plan.price()).isEqualTo(quote.price());
        assertThat(plan.parameters()).contains("\"catalogue\":\"discovered\"");
        assertThat(plan.vectors().stream()
                        .filter(vector -> !vector.delta().isZero())
                        .map(PlannedVector::name))
                .containsExactly("items");
    }

    @Test
    void smallestDiscovering_anyNoise_isEnoughAndCostsMoreThanListed() {
        Predicate<TrainingPlan> enough = quote -> quote.items().noise() <= 3;
        TrainingPlan discovering =
                SmallestEpsilon.search(Plans.request(1).catalogue(null).build(), Budget.withItems(1, DELTA), enough);
        assertThat(enough).accepts(discovering);
        assertThat(discovering.budget().epsilon())
                .isGreaterThan(smallest(enough).budget().epsilon());
    }

    @Test
    void discovering_deltaTooSmallForAnyThreshold_isRefusedBeforeAnythingIsCharged() {
        RankingPlan quote = Plans.selecting(1, 1e-16, 500);
        assertThatThrownBy(() -> quote.reservation("r"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("`items`");
    }
}
