package discreet.cli.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Draws a line chart as SVG, with bands around the curves, a logarithmic x axis and horizontal levels. Its
 * text stays legible at the width of a telephone. The names of the lines stand outside the picture, in the
 * page ({@link #key}).
 *
 * <p>The band of a single curve is a shade. Bands of several curves overlap, and shades would add up to grey,
 * so each of them is hatched in its own direction and colour, with an outline. Colours come from the style of
 * the page, which has others for dark screens.
 *
 * @param id unique on its page
 * @param title what the chart shows, read out by screen readers
 * @param description what the chart says, read out by screen readers
 * @param secondAxis what the values of x mean in other words, above the picture
 */
public record LineChart(
        String id,
        String title,
        String description,
        String xAxis,
        String yAxis,
        SecondAxis secondAxis,
        List<Series> series,
        List<Level> levels) {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 400;
    private static final int LEFT = 56;
    private static final int RIGHT = 456;
    private static final int TOP = 58;
    private static final int BOTTOM = 344;
    private static final int COLORS = 4;
    private static final List<Integer> HATCHES = List.of(45, -45, 0, 90);
    private static final List<String> LEVEL_DASHES = List.of("2 5", "9 5");

    /**
     * Describes a curve with its band.
     *
     * @param x increasing, all above 0
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Series(String name, double[] x, double[] low, double[] middle, double[] high) {}

    /**
     * Describes an axis above the picture, with the same places as the one below.
     *
     * @param text returns the words at a value of x
     */
    public record SecondAxis(String title, DoubleFunction<String> text) {}

    /** Describes a horizontal line at a value that does not depend on x. */
    public record Level(String name, double value) {}

    public LineChart {
        series = List.copyOf(series);
        levels = List.copyOf(levels);
    }

    /** Renders the chart. */
    public String svg() {
        double from = Math.log10(xs().min().orElse(1));
        double to = Math.log10(xs().max().orElse(1));
        if (to - from < .2) {
            from -= .5;
            to += .5;
        }
        double top = top();
        Scale x = new Scale(from, to, LEFT, RIGHT);
        Scale y = new Scale(0, top, BOTTOM, TOP);
        List<Map<String, Object>> xTicks = new ArrayList<>();
        for (double tick : ticks(from, to)) {
            xTicks.add(Map.of(
                    "at",
                    number(x.at(Math.log10(tick))),
                    "text",
                    plain(tick),
                    "above",
                    secondAxis.text().apply(tick)));
        }
        List<Map<String, Object>> yTicks = new ArrayList<>();
        int steps = (int) Math.round(top * 10);
        int each = steps > 6 ? 2 : 1;
        for (int tenth = 0; tenth <= steps; tenth += each) {
            yTicks.add(Map.of("at", number(y.at(tenth / 10.0)), "text", plain(tenth / 10.0)));
        }
        return Page.render(
                "line-chart.svg",
                Map.ofEntries(
                        Map.entry("id", id),
                        Map.entry("title", title),
                        Map.entry("description", description),
                        Map.entry("width", WIDTH),
                        Map.entry("height", HEIGHT),
                        Map.entry("left", LEFT),
                        Map.entry("right", RIGHT),
                        Map.entry("top", TOP),
                        Map.entry("bottom", BOTTOM),
                        Map.entry("belowAxis", BOTTOM + 20),
                        Map.entry("xTitleAt", HEIGHT - 10),
                        Map.entry("secondTitleAt", 18),
                        Map.entry("secondTicksAt", TOP - 10),
                        Map.entry("secondAxis", secondAxis.title()),
                        Map.entry("middleX", (LEFT + RIGHT) / 2),
                        Map.entry("middleY", (TOP + BOTTOM) / 2),
                        Map.entry("beforeAxis", LEFT - 8),
                        Map.entry("xAxis", xAxis),
                        Map.entry("yAxis", yAxis),
                        Map.entry("xTicks", xTicks),
                        Map.entry("yTicks", yTicks),
                        Map.entry(
                                "levels",
                                IntStream.range(0, levels.size())
                                        .mapToObj(at -> Map.of(
                                                "at",
                                                number(y.at(levels.get(at).value())),
                                                "dash",
                                                LEVEL_DASHES.get(at % LEVEL_DASHES.size())))
                                        .toList()),
                        Map.entry(
                                "series",
                                IntStream.range(0, series.size())
                                        .mapToObj(at -> drawn(series.get(at), at, x, y))
                                        .toList())));
    }

    /** Returns the name of each line with its colour and dash pattern, for a legend beside the picture. */
    public List<Map<String, Object>> key() {
        List<Map<String, Object>> key = new ArrayList<>();
        for (int at = 0; at < series.size(); at++) {
            key.add(Map.of("name", series.get(at).name(), "color", color(at), "dash", "none", "band", bandKey(at)));
        }
        for (int at = 0; at < levels.size(); at++) {
            key.add(Map.of(
                    "name",
                    levels.get(at).name(),
                    "color",
                    "var(--soft)",
                    "dash",
                    LEVEL_DASHES.get(at % LEVEL_DASHES.size()),
                    "band",
                    List.of()));
        }
        return key;
    }

    private static String color(int series) {
        return "var(--series-" + series % COLORS + ")";
    }

    private List<Map<String, Object>> bandKey(int at) {
        return List.of(Map.of("fill", fill(at), "opacity", opacity()));
    }

    private boolean isHatched() {
        return series.size() > 1;
    }

    private String fill(int at) {
        return isHatched() ? "url(#" + id + "-hatch-" + at + ")" : color(at);
    }

    private String opacity() {
        return isHatched() ? "1" : ".15";
    }

    private List<Map<String, Object>> hatch(int at) {
        return isHatched()
                ? List.of(Map.of("name", id + "-hatch-" + at, "angle", HATCHES.get(at % HATCHES.size())))
                : List.of();
    }

    private Map<String, Object> drawn(Series series, int number, Scale x, Scale y) {
        StringBuilder line = new StringBuilder();
        StringBuilder band = new StringBuilder();
        List<Map<String, Object>> points = new ArrayList<>();
        int size = series.x().length;
        for (int at = 0; at < size; at++) {
            String across = number(x.at(Math.log10(series.x()[at])));
            String middle = number(y.at(series.middle()[at]));
            line.append(across).append(',').append(middle).append(' ');
            band.append(across)
                    .append(',')
                    .append(number(y.at(series.high()[at])))
                    .append(' ');
            points.add(Map.of("x", across, "y", middle));
        }
        for (int at = size - 1; at >= 0; at--) {
            band.append(number(x.at(Math.log10(series.x()[at]))))
                    .append(',')
                    .append(number(y.at(series.low()[at])))
                    .append(' ');
        }
        return Map.of(
                "color",
                color(number),
                "hatch",
                hatch(number),
                "fill",
                fill(number),
                "opacity",
                opacity(),
                "outline",
                isHatched() ? "1" : "0",
                "line",
                line.toString().strip(),
                "band",
                band.toString().strip(),
                "points",
                points);
    }

    private DoubleStream xs() {
        return series.stream().flatMapToDouble(one -> Arrays.stream(one.x()));
    }

    /** Returns the smallest multiple of a tenth that no value exceeds. */
    private double top() {
        double highest = series.stream()
                .flatMapToDouble(one -> Arrays.stream(one.high()))
                .max()
                .orElse(0);
        for (Level level : levels) {
            highest = Math.max(highest, level.value());
        }
        return Math.max(1, Math.ceil(highest * 10 - 1e-9)) / 10;
    }

    /**
     * Returns 1, 2 and 5 times the powers of ten, or the powers alone if the axis spans more than three of
     * them.
     */
    private static List<Double> ticks(double from, double to) {
        List<Double> ticks = new ArrayList<>();
        int[] digits = to - from > 3 ? new int[] {1} : new int[] {1, 2, 5};
        for (int power = (int) Math.floor(from); power <= Math.ceil(to); power++) {
            for (int digit : digits) {
                double tick = digit * Math.pow(10, power);
                if (Math.log10(tick) >= from - 1e-9 && Math.log10(tick) <= to + 1e-9) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    private record Scale(double from, double to, double first, double last) {
        double at(double value) {
            return first + (value - from) / (to - from) * (last - first);
        }
    }
}
