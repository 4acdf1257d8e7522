package io.discreet.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {

    @Test
    void mean_noNoise_isTheMean() {
        Estimate estimate = Estimate.mean(-20, 100, 1e-9);
        assertThat(estimate.value()).isCloseTo(.3, within(1e-12));
        assertThat(estimate.high() - estimate.low()).isLessThan(1e-9);
    }

    @Test
    void mean_fewerPeopleThanNoise_isAnythingAtAll() {
        assertThat(Estimate.mean(1, 5, 10)).isEqualTo(new Estimate(.7, 0, 1));
        assertThat(Estimate.mean(1, -5, 10)).isEqualTo(new Estimate(.5, 0, 1));
    }

    @Test
    void mean_anyNoisyValues_staysBetweenZeroAndOneInOrder() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            Estimate estimate =
                    Estimate.mean(1000 * random.nextGaussian(), 1000 * random.nextGaussian(), 1 + random.nextInt(300));
            assertThat(estimate.low()).isBetween(0.0, estimate.high());
            assertThat(estimate.high()).isLessThanOrEqualTo(1);
        }
    }

    /**
     * A figure of 0, of 1 and between, with plenty of people and with few. 20,000 simulated releases each: 95 % are 19,000,
     * standard deviation 31; the bounds are 6 of them away, false alarm below 1e-8. At 0 and at 1 the interval ends there
     * where it would pass them, so that it covers 97.5 %.
     */
    @ParameterizedTest
    @CsvSource({"0, 1000, 6, .975", "1, 1000, 6, .975", ".3, 1000, 6, .95", ".3, 60, 6, .95"})
    void mean_simulatedNoise_coversAsOftenAsItSays(double exact, int people, double sigma, double coverage) {
        Random random = new Random(Double.hashCode(exact) + people);
        int covered = 0;
        for (int i = 0; i < 20_000; i++) {
            Estimate estimate = Estimate.mean(
                    (exact - .5) * people + sigma * random.nextGaussian(),
                    people + sigma * random.nextGaussian(),
                    sigma);
            covered += estimate.low() <= exact && exact <= estimate.high() ? 1 : 0;
        }
        assertThat(covered / 20_000.0).isCloseTo(coverage, within(185 / 20_000.0));
    }

    @Test
    void count_noise_isNotNegative() {
        assertThat(Estimate.count(-3, 1)).isEqualTo(new Estimate(0, 0, 0));
        assertThat(Estimate.count(100, 10).low()).isCloseTo(80.4, within(.01));
    }
}
