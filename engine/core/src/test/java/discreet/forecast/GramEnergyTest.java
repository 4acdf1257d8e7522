package discreet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import discreet.statistics.GramContext;
import discreet.statistics.Head;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GramEnergyTest {
    private static final int ITEMS = 60;
    private static final double SIGMA = 20;
    private static final int RELEASES = 400;

    private static final double[] STATISTIC = new double[ITEMS];

    static {
        Arrays.setAll(STATISTIC, item -> 500.0 / (1 + item));
    }

    private static final GramContext CONTEXT = GramContext.choose(Head.Rule.RANKING, STATISTIC, 2_000, 1, .5, ITEMS);

    /**
     * The mean of 400 estimates is within five of its standard errors of the exact energy (a false alarm has
     * probability 6e-7). The sum of squares of the released values, which is the broken twin, is not.
     */
    @Test
    void of_releasedValues_isUnbiased() {
        Head head = CONTEXT.head();
        int length = head.size() * (head.size() - 1) / 2;
        double one = CONTEXT.scale().norm2Bound();
        Random random = new Random(8);
        double[] exact = random.doubles(length, -5, 30).toArray();
        double energy = GramEnergy.of(exact);
        double error = Math.sqrt((4 * SIGMA * SIGMA * energy + 2 * length * Math.pow(SIGMA, 4)) / RELEASES);

        double mean = 0;
        double naive = 0;
        for (int release = 0; release < RELEASES; release++) {
            long[] values = Arrays.stream(exact)
                    .mapToLong(value -> Math.round((value + SIGMA * random.nextGaussian()) * one))
                    .toArray();
            mean += GramEnergy.of(values, SIGMA * one, CONTEXT.json(), ITEMS).value() / RELEASES;
            naive += Arrays.stream(values)
                            .mapToDouble(value -> Math.pow(value / one, 2))
                            .sum()
                    / RELEASES;
        }

        assertThat(mean).isCloseTo(energy, within(5 * error));
        assertThat(naive - energy).isGreaterThan(5 * error);
    }
}
