package discreet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BandTest {
    @Test
    void of_drawsErrorsAndMargin_addUp() {
        Band band = Band.of(new double[] {.3, .4}, new double[] {.1, .1}, .02);

        double half = 2 * Math.sqrt(.005 + .01); // variance of two draws .1 apart, and a squared standard error of .1
        assertThat(band.mean()).isCloseTo(.35, within(1e-12));
        assertThat(band.low()).isCloseTo(.35 - half - .02, within(1e-12));
        assertThat(band.high()).isCloseTo(.35 + half + .02, within(1e-12));
    }

    @Test
    void of_nearTheEnds_staysWithinZeroAndOne() {
        assertThat(Band.of(new double[] {.99}, new double[] {0}, .5).high()).isEqualTo(1);
        assertThat(Band.of(new double[] {.01}, new double[] {0}, .5).low()).isZero();
    }
}
