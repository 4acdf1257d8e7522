package discreet.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws a horizontal bar chart as a self-contained SVG. Each bar has its name before it and its value behind
 * it.
 *
 * @param id unique on its page
 * @param title what the chart shows, read out by screen readers
 * @param description what the chart says, read out by screen readers
 */
public record BarChart(String id, String title, String description, List<Bar> bars) {
    private static final int WIDTH = 640;
    private static final int LEFT = 190;
    private static final int RIGHT = 560;
    private static final int STEP = 30;
    private static final int THICKNESS = 18;
    private static final int MARGIN = 10;

    /** @param value in seconds, at least 0 */
    public record Bar(String name, double value) {}

    public BarChart {
        bars = List.copyOf(bars);
    }

    /** Renders the chart. */
    public String svg() {
        double longest = bars.stream().mapToDouble(Bar::value).max().orElse(0);
        double scale = longest > 0 ? (RIGHT - LEFT) / longest : 0;
        List<Map<String, Object>> drawn = new ArrayList<>();
        for (int at = 0; at < bars.size(); at++) {
            Bar bar = bars.get(at);
            double length = Math.max(1, bar.value() * scale);
            drawn.add(Map.of(
                    "name",
                    bar.name(),
                    "top",
                    MARGIN + at * STEP,
                    "text",
                    MARGIN + at * STEP + THICKNESS - 4,
                    "length",
                    String.format(Locale.ROOT, "%.1f", length),
                    "end",
                    String.format(Locale.ROOT, "%.1f", LEFT + length + 6),
                    "value",
                    String.format(Locale.ROOT, bar.value() < 10 ? "%.2f s" : "%.1f s", bar.value())));
        }
        return Page.render(
                "bar-chart.svg",
                Map.of(
                        "id", id,
                        "title", title,
                        "description", description,
                        "width", WIDTH,
                        "height", 2 * MARGIN + bars.size() * STEP,
                        "left", LEFT,
                        "beforeBar", LEFT - 8,
                        "thickness", THICKNESS,
                        "bars", drawn));
    }
}
