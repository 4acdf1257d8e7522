package discreet.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineChartTest {
    private static LineChart chart(double... x) {
        double[] values = new double[x.length];
        Arrays.fill(values, .25);
        return new LineChart(
                "c",
                "A & B",
                "what it says",
                "epsilon",
                "recall",
                List.of(new LineChart.Series("s", x, values, values, values)),
                List.of(new LineChart.Level("floor", .2)));
    }

    @Test
    void svg_logarithmicAxis_equalFactorsAreEqualDistances() {
        assertThat(chart(.1, 1, 10).svg())
                .contains("cx=\"52.0\"", "cx=\"260.0\"", "cx=\"468.0\"")
                .contains(">0.1<", ">0.2<", ">0.5<", ">1<", ">10<");
    }

    @Test
    void svg_any_hasTitleAndDescription() {
        assertThat(chart(1, 2).svg())
                .contains(
                        "role=\"img\"",
                        "<title id=\"c-title\">A &amp; B</title>",
                        "<desc id=\"c-desc\">what it says</desc>");
    }

    @Test
    void svg_onePoint_isInTheMiddle() {
        assertThat(chart(2).svg()).contains("cx=\"260.0\"").doesNotContain("NaN", "Infinity");
    }
}
