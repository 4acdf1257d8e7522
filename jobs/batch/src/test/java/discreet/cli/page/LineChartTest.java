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
                new LineChart.SecondAxis("in other words", value -> "that is " + value),
                List.of(new LineChart.Series("s", x, values, values, values)),
                List.of(new LineChart.Level("floor", .2)));
    }

    @Test
    void svg_logarithmicAxis_equalFactorsAreEqualDistances() {
        assertThat(chart(.1, 1, 10).svg())
                .contains("cx=\"56.0\"", "cx=\"256.0\"", "cx=\"456.0\"")
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
        assertThat(chart(2).svg()).contains("cx=\"256.0\"").doesNotContain("NaN", "Infinity");
    }

    @Test
    void svg_secondAxis_hasWordsAtTheSamePlaces() {
        assertThat(chart(1, 10).svg())
                .contains(">in other words<", "x=\"56.0\" y=\"364\" text-anchor=\"middle\">1<")
                .contains("x=\"56.0\" y=\"48\" text-anchor=\"middle\">that is 1.0<");
    }

    /** Shades of several bands would add up to grey where they overlap. */
    @Test
    void svg_severalBands_areHatchedEachInItsOwnDirection() {
        double[] x = {1, 2};
        double[] values = {.2, .3};
        LineChart.Series series = new LineChart.Series("s", x, values, values, values);
        LineChart one = chart(1, 2);
        LineChart two = new LineChart("c", "t", "d", "x", "y", one.secondAxis(), List.of(series, series), List.of());

        assertThat(one.svg()).contains("fill-opacity=\".15\"").doesNotContain("<pattern");
        assertThat(two.svg())
                .contains("rotate(45)", "rotate(-45)", "fill=\"url(#c-hatch-0)\"", "fill=\"url(#c-hatch-1)\"")
                .doesNotContain("fill-opacity=\".15\"");
    }
}
