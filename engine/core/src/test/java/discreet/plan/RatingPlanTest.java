package discreet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.ledger.ReleasePlan;
import discreet.noise.DiscreteGaussian;
import discreet.privacy.Budget;
import discreet.privacy.Rho;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatingPlanTest {

    private static RatingPlan quote(double epsilon) {
        return Plans.rating(epsilon, 6543);
    }

    @ParameterizedTest
    @ValueSource(doubles = {.01, 1, 20, 300})
    void noise_eachVector_isTheOneThatItsPriceBuys(double epsilon) {
        RatingPlan quote = quote(epsilon);
        Rho sum = Rho.ZERO;
        for (QuotedVector release : quote.vectors(Assumptions.DEFAULT)) {
            VectorPlan vector = release.vector();
            DiscreteGaussian drawn = DiscreteGaussian.withSigma(vector.sigma());
            assertThat(Rho.roundedUp(drawn.rho(vector.sensitivity()))).isLessThanOrEqualTo(vector.rho());
            sum = sum.plus(vector.rho());
        }
        assertThat(sum).isEqualTo(quote.price().rho()).isEqualTo(new Budget(epsilon, 1e-5).largestRho());
        // The formulas of the method, in units of one person: sqrt 2, 1, 1 and 1/sqrt 2
        assertNoise(quote.people(), Math.sqrt(2), quote.shares().people());
        assertNoise(quote.firstRound(), 1, quote.shares().firstRound());
        assertNoise(quote.secondRound(), 1, quote.shares().secondRound());
        assertNoise(
                quote.gram(Assumptions.DEFAULT), Math.sqrt(.5), quote.shares().gram());
    }

    private static void assertNoise(VectorPlan vector, double sensitivity, Rho rho) {
        double noise = sensitivity / Math.sqrt(2 * rho.toDouble());
        assertThat(vector.noise()).isCloseTo(noise, within(3e-6 * noise));
    }

    @Test
    void reservation_any_reservesWhatIsQuotedAndKeepsWhatWasDeclared() {
        RatingPlan quote = quote(1);
        ReleasePlan plan = quote.reservation("r");

        assertThat(plan.price().rho()).isEqualTo(quote.price().rho());
        assertThat(plan.vectors()).hasSize(4);
        assertThat(plan.parameters())
                .contains("\"objective\":\"rating\"", "\"expectedPeople\":6000", "\"ratingRange\":[0.5,5.0]");
    }
}
