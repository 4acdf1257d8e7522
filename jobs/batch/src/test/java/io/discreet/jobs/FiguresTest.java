package io.discreet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void figures_any_areRoundedAsTheySay(double value, String atMost, String atLeast, String rho) {
        assertThat(Figures.atMost(value)).isEqualTo(atMost);
        assertThat(Figures.atLeast(value)).isEqualTo(atLeast);
        assertThat(Figures.rho(value)).isEqualTo(rho);
    }

    @Test
    void figures_random_enclose() {
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
