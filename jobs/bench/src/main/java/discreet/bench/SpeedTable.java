package discreet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.HorizontalAlign;
import discreet.cli.page.BarChart;
import discreet.cli.shared.Json;
import discreet.cli.shared.Table;
import discreet.noise.Threads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tabulates the measurements of {@link SpeedBench}, with each contender's median time, phases, peak memory
 * and speed relative to ALS.
 */
final class SpeedTable {
    private static final String GROUP = "spark: read and group";
    private static final String FIT = "ALS: fit";
    private static final String NOISE_PHASE = "Adding noise";
    private static final String SPECTRUM_PHASE = "Denoising";
    private static final double MIB = 1 << 20;

    private final JsonNode size;
    private final Map<String, JsonNode> parts = new LinkedHashMap<>();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private @Nullable String baselineLists;

    /** @param size numbers of people, items and ratings */
    SpeedTable(JsonNode size) {
        this.size = size;
    }

    void add(String name, JsonNode part) {
        parts.put(name, part);
        seconds.put(
                name, median(runs(part).mapToDouble(run -> run.path("seconds").asDouble())));
    }

    /** Adds ALS, whose single run has two phases that count as a contender each. */
    void addBaseline(int k, JsonNode part) {
        JsonNode phases = part.path("runs").path(0).path("phases");
        parts.put(FIT, part);
        seconds.put(FIT, phases.path("Fitting").asDouble());
        if (phases.has("Recommending")) {
            baselineLists = "ALS: lists of " + k;
            parts.put(baselineLists, part);
            seconds.put(baselineLists, phases.path("Recommending").asDouble());
        }
    }

    String text() {
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<String, Double> row : seconds.entrySet()) {
            JsonNode part = part(row.getKey());
            rows.add(List.of(
                    row.getKey(),
                    number(row.getValue()),
                    first(row.getKey()),
                    Integer.toString(part.path("runs").size()),
                    String.format(Locale.ROOT, "%,.0f", part.path("peakBytes").asLong() / MIB),
                    ratio(row.getKey())));
        }
        StringBuilder text = new StringBuilder(head()).append(System.lineSeparator());
        text.append(new Table()
                .column("", HorizontalAlign.LEFT)
                .column("seconds, median", HorizontalAlign.RIGHT)
                .column("first run", HorizontalAlign.RIGHT)
                .column("runs", HorizontalAlign.RIGHT)
                .column("peak MiB", HorizontalAlign.RIGHT)
                .column("times as fast as", HorizontalAlign.LEFT)
                .rows(rows));
        text.append(System.lineSeparator()).append(phases());
        parts.forEach((name, part) -> {
            if (part.has("draws")) {
                text.append(System.lineSeparator()).append(remark(name, part));
            }
            if (part.has("multiplyAddsPerSecond")) {
                text.append(System.lineSeparator()).append(scoring(name, part));
            }
        });
        return text.toString();
    }

    private String head() {
        return String.format(
                Locale.ROOT,
                "%,d ratings by %,d people of %,d items; %d processors.",
                size.path("ratings").asLong(),
                size.path("people").asLong(),
                size.path("items").asLong(),
                Runtime.getRuntime().availableProcessors());
    }

    /** Tabulates the phases of Discreet's own contenders. */
    private String phases() {
        Set<String> names = new LinkedHashSet<>();
        List<String> ours =
                parts.keySet().stream().filter(name -> part(name).has("head")).toList();
        ours.forEach(name ->
                runs(part(name)).forEach(run -> run.path("phases").fieldNames().forEachRemaining(names::add)));
        Table table = new Table().column("phase, seconds", HorizontalAlign.LEFT);
        ours.forEach(name -> table.column(name, HorizontalAlign.RIGHT));
        List<List<String>> rows = new ArrayList<>();
        for (String phase : names) {
            List<String> row = new ArrayList<>(List.of(phase));
            ours.forEach(name -> row.add(
                    runs(part(name)).anyMatch(run -> run.path("phases").has(phase)) ? number(phase(name, phase)) : ""));
            rows.add(row);
        }
        return table.rows(rows);
    }

    private String remark(String name, JsonNode part) {
        double noise = phase(name, NOISE_PHASE);
        double rest = value(name) - noise - phase(name, SPECTRUM_PHASE);
        double head = part.path("head").asDouble();
        double draws = head * (head - 1) / 2;
        return String.format(
                Locale.ROOT,
                "%s: head of %,.0f, rank %,d; without noise on the Gram matrix and its spectrum %s s, %.2f times"
                        + " Spark's read and group; %,.0f draws for the matrix, sealing included %.1f us each and"
                        + " core; OpenDP's sampler alone takes %.1f us (%s s), on one thread %.1f us.",
                name,
                head,
                part.path("rank").asLong(),
                number(rest),
                rest / value(GROUP),
                draws,
                1e6 * noise * Threads.count() / draws,
                1e6 * Threads.count() / part.path("drawsPerSecond").asDouble(),
                number(draws / part.path("drawsPerSecond").asDouble()),
                1e6 / part.path("drawsPerSecondOneThread").asDouble());
    }

    /**
     * Compares the scoring of lists with its lower limit, the time that the processors need for the product
     * of user factors and item factors.
     */
    private String scoring(String name, JsonNode part) {
        double rate = part.path("multiplyAddsPerSecond").asDouble();
        double products = size.path("people").asDouble()
                * part.path("head").asDouble()
                * part.path("rank").asDouble();
        return String.format(
                Locale.ROOT,
                "%s: head of %,d, rank %,d; scores of the head are %,.0f million multiply-adds, %s s at the %.1f"
                        + " billion a second that Java reaches here where all is in the first cache.",
                name,
                part.path("head").asLong(),
                part.path("rank").asLong(),
                products / 1e6,
                number(products / rate),
                rate / 1e9);
    }

    /**
     * Returns the median time of a phase.
     *
     * @throws IllegalStateException if a run lacks the phase, which must then have been renamed
     */
    private double phase(String name, String phase) {
        return median(runs(part(name))
                .peek(run -> {
                    if (!run.path("phases").has(phase)) {
                        throw new IllegalStateException("no phase " + phase);
                    }
                })
                .mapToDouble(run -> run.path("phases").path(phase).asDouble()));
    }

    /** Returns the time of the first run, which is cold, or an empty text if it is the only run. */
    private String first(String name) {
        JsonNode found = part(name).path("runs");
        return found.size() < 2 ? "" : number(found.path(0).path("seconds").asDouble());
    }

    /** Compares trainings with ALS's fit, and lists with ALS's lists. */
    private String ratio(String name) {
        String baseline = name.startsWith("train") ? FIT : name.startsWith("lists") ? baselineLists : null;
        return baseline == null || !seconds.containsKey(baseline)
                ? ""
                : String.format(Locale.ROOT, "%.1f  %s", value(baseline) / value(name), baseline);
    }

    String json() {
        ObjectNode json = Json.object();
        json.set("data", size);
        json.put("processors", Runtime.getRuntime().availableProcessors());
        ObjectNode contenders = json.putObject("contenders");
        seconds.forEach((name, median) -> {
            ObjectNode contender = contenders.putObject(name).put("medianSeconds", median);
            part(name).properties().forEach(field -> contender.set(field.getKey(), field.getValue()));
        });
        return Json.text(json);
    }

    String svg() {
        return new BarChart(
                        "speed",
                        "Seconds of each step",
                        head(),
                        seconds.entrySet().stream()
                                .map(row -> new BarChart.Bar(row.getKey(), row.getValue()))
                                .toList())
                .svg();
    }

    private double value(String name) {
        return seconds.getOrDefault(name, Double.NaN);
    }

    private JsonNode part(String name) {
        return parts.getOrDefault(name, size);
    }

    private static Stream<JsonNode> runs(JsonNode part) {
        return StreamSupport.stream(part.path("runs").spliterator(), false);
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
}
