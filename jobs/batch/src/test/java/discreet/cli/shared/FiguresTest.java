package discreet.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.privacy.Budget;
import discreet.privacy.Rho;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1",
        ".12345, 0.1234, 0.1235, 0.12345",
        "1.00000001, 1, 1.001, 1.00001",
        ".00003055659519, 3.055e-5, 3.056e-5, 3.05566e-5",
        "123456, 123400, 123500, 123456",
        "0, 0, 0, 0",
        "Infinity, unlimited, unlimited, unlimited"
    })
    void figures_anyValue_areRoundedInTheirDirection(double value, String atMost, String atLeast, String rho) {
        assertThat(Figures.atMost(value)).isEqualTo(atMost);
        assertThat(Figures.atLeast(value)).isEqualTo(atLeast);
        assertThat(Figures.rho(value)).isEqualTo(rho);
    }

    /**
     * The rho that an epsilon buys converts back, by OpenDP, to at most that epsilon and often to slightly
     * less.
     */
    @ParameterizedTest
    @ValueSource(doubles = {.5, 1, 2, 5, 20})
    void atLeast_epsilonThatWasAskedFor_isPrintedAsIs(double asked) {
        Rho bought = new Budget(asked, 1e-5).largestRho();
        assertThat(Double.parseDouble(Figures.atLeast(bought.epsilon(1e-5)))).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({".12345, 0.1234, 0.1235", ".99999, 0.9999, 1.0000", "0, 0.0000, 0.0000", "1, 1.0000, 1.0000"})
    void metric_endsOfAnInterval_areRoundedOutwards(double value, String atMost, String atLeast) {
        assertThat(Figures.metricAtMost(value)).isEqualTo(atMost);
        assertThat(Figures.metricAtLeast(value)).isEqualTo(atLeast);
    }

    @Test
    void count_endsOfAnInterval_areRoundedOutwards() {
        assertThat(Figures.countAtMost(1234.9)).isEqualTo("1,234");
        assertThat(Figures.countAtLeast(1234.1)).isEqualTo("1,235");
    }

    @Test
    void figures_randomValues_encloseTheValue() {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            double value = Math.exp(random.nextDouble() * 40 - 20);
            assertThat(Double.parseDouble(Figures.atMost(value))).isLessThanOrEqualTo(value);
            assertThat(Double.parseDouble(Figures.atLeast(value))).isGreaterThanOrEqualTo(value);
            assertThat(Double.parseDouble(Figures.rho(value)))
                    .isBetween(value, Double.parseDouble(Figures.atLeast(value)));
        }
    }
}
