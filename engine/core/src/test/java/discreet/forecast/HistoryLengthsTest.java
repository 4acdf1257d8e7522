package discreet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryLengthsTest {
    /**
     * The tolerance on the mean over 200,000 draws is 8 standard errors, so a false alarm has probability
     * below 1e-14.
     */
    @ParameterizedTest
    @ValueSource(doubles = {1.5, 4.1, 8.7})
    void draw_meanRoot_isTheReleasedOne(double meanRoot) {
        HistoryLengths lengths = HistoryLengths.withMeanRoot(meanRoot, 500);
        SplittableRandom random = new SplittableRandom(1);

        double sum = 0;
        for (int draw = 0; draw < 200_000; draw++) {
            int length = lengths.draw(random);
            assertThat(length).isBetween(1, 500);
            sum += Math.sqrt(length);
        }

        assertThat(sum / 200_000).isCloseTo(meanRoot, within(meanRoot * .012));
    }

    /** Noise may turn the released sum into any number. */
    @ParameterizedTest
    @ValueSource(doubles = {-3, 0, 1e6})
    void draw_impossibleMean_staysInBounds(double meanRoot) {
        int length = HistoryLengths.withMeanRoot(meanRoot, 40).draw(new SplittableRandom(1));

        assertThat(length).isIn(1, 40);
    }
}
