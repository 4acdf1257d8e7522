package discreet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.noise.DiscreteGaussian;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleGuardTest {
    private static final int SCALE = 1 << RankingPlan.PEOPLE_BITS;

    @ParameterizedTest
    @CsvSource({
        "100, 5, 100, false",
        "100, 5, 101, true",
        "100, 50, 150, false",
        "100, 50, 151, true",
        "0, 50, -7, true"
    })
    void admits_releasedNumber_isComparedWithTheLargerLimit(
            long atLeast, double deviation, double released, boolean goesOn) {
        assertThat(new PeopleGuard(atLeast).admits(released, deviation)).isEqualTo(goesOn);
    }

    @Test
    void guard_negative_isRefused() {
        assertThatThrownBy(() -> new PeopleGuard(-1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("`atLeastPeople` must be >= 0");
    }

    private static long admitted(double epsilon, long people, int releases) {
        double sigma = Plans.ranking(epsilon).people().sigma();
        long[] sums = new long[releases];
        Arrays.fill(sums, people * SCALE);
        long[] released = DiscreteGaussian.withSigma(sigma).release(sums);
        return Arrays.stream(released)
                .filter(value -> PeopleGuard.DEFAULT.admits((double) value / SCALE, sigma / SCALE))
                .count();
    }

    /**
     * Three deviations are passed with probability .00135. Of 1,000 releases more than 10 pass with a
     * probability of 1.9e-7, by the binomial distribution.
     */
    @ParameterizedTest
    @ValueSource(doubles = {.1, 1, 5})
    void admits_nobody_isRareAtEveryEpsilon(double epsilon) {
        assertThat(admitted(epsilon, 0, 1000)).isLessThanOrEqualTo(10);
    }

    /**
     * At epsilon 1 the noise is 40.5, and 610 people stand 12 deviations above the limit. A false alarm has
     * probability below 1e-30.
     */
    @Test
    void admits_610People_isNeverStoppedAtEpsilonOne() {
        assertThat(admitted(1, 610, 200)).isEqualTo(200);
    }

    /**
     * The twin without a limit from noise lets a release on nothing pass with probability .38 at epsilon .1.
     * Of 1,000 at most 10 pass with a probability below 1e-150.
     */
    @Test
    void admits_twinThatForgetsTheNoise_letsNothingPassTooOften() {
        double sigma = Plans.ranking(.1).people().sigma();
        long[] released = DiscreteGaussian.withSigma(sigma).release(new long[1000]);

        assertThat(Arrays.stream(released)
                        .filter(value -> (double) value / SCALE > 100)
                        .count())
                .isGreaterThan(10);
    }
}
