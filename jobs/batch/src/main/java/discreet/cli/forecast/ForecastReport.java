package discreet.cli.forecast;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.HorizontalAlign;
import discreet.cli.page.LineChart;
import discreet.cli.page.Page;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.cli.shared.Table;
import discreet.forecast.Band;
import discreet.forecast.Curve;
import discreet.forecast.Estimate;
import discreet.forecast.TargetSearch;
import discreet.privacy.Attacker;
import discreet.privacy.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Formats a forecast as text, JSON or an HTML page.
 *
 * @param deltas of the budgets. The epsilon is not used
 * @param target recall@20 that was asked for, or null
 */
record ForecastReport(
        ForecastSource source,
        Budget deltas,
        List<Curve> curves,
        @Nullable Double target) {
    private static final String FLOOR = "popularity (not private)";
    private static final String CEILING = "EASE (not private)";

    private record Line(String name, String guess, Curve curve, Estimate estimate) {}

    String text() {
        List<List<String>> cells = new ArrayList<>();
        for (Line line : lines()) {
            cells.add(List.of(
                    people(line.curve()),
                    line.name(),
                    line.guess(),
                    metric(line.estimate().recall().mean()),
                    band(line.estimate().recall()),
                    metric(line.estimate().ndcg().mean()),
                    band(line.estimate().ndcg())));
        }
        String table = new Table()
                .column("people", HorizontalAlign.RIGHT)
                .column("recommender", HorizontalAlign.LEFT)
                .column("a guess is right", HorizontalAlign.RIGHT)
                .column("recall@20", HorizontalAlign.RIGHT)
                .column("band", HorizontalAlign.RIGHT)
                .column("NDCG@100", HorizontalAlign.RIGHT)
                .column("band", HorizontalAlign.RIGHT)
                .rows(cells);
        List<String> parts = new ArrayList<>(List.of(source.label(), table, source.bands()));
        if (resampled()) {
            parts.add("(*) " + repeated());
        }
        parts.addAll(answers());
        return String.join(System.lineSeparator(), parts);
    }

    String json() {
        ObjectNode json = Json.object()
                .put("source", source.key())
                .put("label", source.label())
                .put("bands", source.bands())
                .put("delta", deltas.delta());
        ArrayNode list = json.putArray("curves");
        for (Curve curve : curves) {
            ObjectNode one = list.addObject().put("people", curve.users()).put("resampled", curve.resampled());
            put(one.putObject("popularity"), curve.floor());
            curve.ceiling().ifPresent(ceiling -> put(one.putObject("ease"), ceiling));
            ArrayNode points = one.putArray("points");
            for (Curve.Point point : curve.points()) {
                ObjectNode each = points.addObject()
                        .put("epsilon", point.epsilon())
                        .put("attackerAccuracy", Attacker.accuracy(rho(point.epsilon())));
                put(each, point.estimate());
            }
            if (target != null) {
                ObjectNode answer = one.putObject("target").put("recall20", target);
                OptionalDouble smallest = new TargetSearch(curve).smallestEpsilon(target);
                if (smallest.isPresent()) {
                    answer.put("epsilon", smallest.getAsDouble());
                } else {
                    answer.putNull("epsilon");
                }
            }
        }
        return Json.text(json);
    }

    private static void put(ObjectNode into, Estimate estimate) {
        put(into.putObject("recall20"), estimate.recall());
        put(into.putObject("ndcg100"), estimate.ndcg());
    }

    private static void put(ObjectNode into, Band band) {
        into.put("low", band.low()).put("mean", band.mean()).put("high", band.high());
    }

    Page page() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Line line : lines()) {
            rows.add(Map.of(
                    "name", line.name(),
                    "guess", line.guess().isEmpty() ? "not private" : line.guess(),
                    "people", people(line.curve()),
                    "recall", metric(line.estimate().recall().mean()),
                    "recallBand", shortBand(line.estimate().recall()),
                    "ndcg", metric(line.estimate().ndcg().mean()),
                    "ndcgBand", shortBand(line.estimate().ndcg())));
        }
        LineChart recall = chart("recall", "recall@20", Estimate::recall);
        LineChart ndcg = chart("ndcg", "NDCG@100", Estimate::ndcg);
        String caption = "Line: expected. Around it: band. Further left people are better protected. Numbers above:"
                + " somebody who knows everything but whether one given person is in the data guesses that right so"
                + " many times in 100. A coin is right 50 times.";
        return Page.of(
                "forecast.html",
                "Forecast: how good at which price",
                Map.of(
                        "heading",
                        "How good lists are at which privacy budget",
                        "label",
                        source.label(),
                        "lead",
                        "Training a model costs privacy, and the price is called epsilon. A smaller epsilon protects"
                                + " people more and leaves less to learn. The pictures show how good lists are expected"
                                + " to be at each price.",
                        "answers",
                        answers().stream().map(text -> Map.of("text", text)).toList(),
                        "charts",
                        List.of(
                                drawn("Hidden items found: recall@20", recall, caption),
                                drawn("And how high in the list: NDCG@100", ndcg, caption)),
                        "tableCaption",
                        "All that is drawn above." + (resampled() ? " (*) " + repeated() : ""),
                        "rows",
                        rows,
                        "notes",
                        notes().stream().map(text -> Map.of("text", text)).toList()));
    }

    private static Map<String, Object> drawn(String heading, LineChart chart, String caption) {
        return Map.of("heading", heading, "svg", chart.svg(), "key", chart.key(), "caption", caption);
    }

    private LineChart chart(String id, String metric, Function<Estimate, Band> band) {
        List<LineChart.Series> series = curves.stream()
                .map(curve -> new LineChart.Series(
                        "expected with " + people(curve) + " people, and band",
                        curve.points().stream()
                                .mapToDouble(Curve.Point::epsilon)
                                .toArray(),
                        curve.points().stream()
                                .mapToDouble(
                                        point -> band.apply(point.estimate()).low())
                                .toArray(),
                        curve.points().stream()
                                .mapToDouble(
                                        point -> band.apply(point.estimate()).mean())
                                .toArray(),
                        curve.points().stream()
                                .mapToDouble(
                                        point -> band.apply(point.estimate()).high())
                                .toArray()))
                .toList();
        Curve last = curves.get(curves.size() - 1);
        List<LineChart.Level> levels = new ArrayList<>();
        String among = curves.size() > 1 ? " among " + people(last) + " people" : "";
        levels.add(new LineChart.Level(FLOOR + among, band.apply(last.floor()).mean()));
        ceiling(last)
                .ifPresent(ceiling -> levels.add(
                        new LineChart.Level(CEILING + among, band.apply(ceiling).mean())));
        return new LineChart(
                id,
                metric + " against epsilon. " + source.label(),
                description(metric, band),
                "price: epsilon, logarithmic",
                metric,
                new LineChart.SecondAxis("a guess is right so many times in 100", this::timesIn100),
                series,
                levels);
    }

    /** Returns EASE, unless private lists are expected to be better. It is no ceiling then. */
    private static Optional<Estimate> ceiling(Curve curve) {
        return curve.ceiling()
                .filter(ease -> curve.points().stream()
                        .noneMatch(point -> point.estimate().recall().mean()
                                        > ease.recall().mean()
                                || point.estimate().ndcg().mean() > ease.ndcg().mean()));
    }

    private double rho(double epsilon) {
        return deltas.withEpsilon(epsilon).largestRho().toDouble();
    }

    private String timesIn100(double epsilon) {
        return Attacker.timesIn100(rho(epsilon));
    }

    private String description(String metric, Function<Estimate, Band> band) {
        List<String> sentences = new ArrayList<>();
        for (Curve curve : curves) {
            Curve.Point first = curve.points().get(0);
            Curve.Point end = curve.points().get(curve.points().size() - 1);
            sentences.add(String.format(
                    Locale.ROOT,
                    "With %s people %s goes from %.3f at epsilon %s to %.3f at epsilon %s, beside %.3f for"
                            + " popularity%s.",
                    people(curve),
                    metric,
                    band.apply(first.estimate()).mean(),
                    Figures.number(first.epsilon()),
                    band.apply(end.estimate()).mean(),
                    Figures.number(end.epsilon()),
                    band.apply(curve.floor()).mean(),
                    ceiling(curve)
                            .map(ceiling -> String.format(
                                    Locale.ROOT,
                                    " and %.3f for EASE",
                                    band.apply(ceiling).mean()))
                            .orElse("")));
        }
        return String.join(" ", sentences) + " All figures are in the table below.";
    }

    /** Returns one sentence for each curve if a recall was asked for. */
    private List<String> answers() {
        if (target == null) {
            return List.of();
        }
        List<String> answers = new ArrayList<>();
        for (Curve curve : curves) {
            OptionalDouble smallest = new TargetSearch(curve).smallestEpsilon(target);
            double largest = curve.points().get(curve.points().size() - 1).epsilon();
            double first = curve.points().get(0).epsilon();
            String who = "With " + people(curve) + " people, recall@20 of " + Figures.number(target);
            if (smallest.isEmpty()) {
                answers.add(who + " is out of reach: no epsilon up to " + Figures.number(largest)
                        + " is expected to give it.");
            } else if (smallest.getAsDouble() == first) {
                answers.add(who + " is expected at epsilon " + Figures.number(first)
                        + ", the smallest that was looked at; less may do.");
            } else {
                answers.add(who + " is expected from epsilon " + Figures.number(smallest.getAsDouble())
                        + " on: the smallest that is forecast to reach it, rounded down.");
            }
        }
        return answers;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("Recall@20: of the items hidden from each person (at most 20 count), the share that is among the"
                + " first 20 recommended. NDCG@100: the same idea over 100, where a higher place counts"
                + " more.");
        notes.add("Popularity by exact counts gives everybody the same list. "
                + (curves.stream().anyMatch(curve -> ceiling(curve).isPresent())
                        ? "EASE is a good recommender without privacy. Neither protects anybody."
                        : "It protects nobody."));
        notes.add("Epsilons are at delta " + Figures.number(deltas.delta())
                + ". The figure for the guess is of one training by itself.");
        notes.add(source.bands());
        notes.add("A forecast spends no budget and promises nothing. What a training costs is in the ledger.");
        return notes;
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Curve curve : curves) {
            lines.add(new Line(FLOOR, "", curve, curve.floor()));
            for (Curve.Point point : curve.points()) {
                lines.add(new Line(
                        "epsilon " + Figures.number(point.epsilon()),
                        timesIn100(point.epsilon()) + " in 100",
                        curve,
                        point.estimate()));
            }
            ceiling(curve).ifPresent(ease -> lines.add(new Line(CEILING, "", curve, ease)));
        }
        return lines;
    }

    private boolean resampled() {
        return curves.stream().anyMatch(Curve::resampled);
    }

    private static String repeated() {
        return "More people than the data has: everybody counts more than once.";
    }

    private static String people(Curve curve) {
        return Figures.count(curve.users()) + (curve.resampled() ? " (*)" : "");
    }

    private static String metric(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String band(Band band) {
        return metric(band.low()) + " - " + metric(band.high());
    }

    /** Returns the band in two digits, which fits a line of the page. */
    private static String shortBand(Band band) {
        return String.format(Locale.ROOT, "%.2f - %.2f", band.low(), band.high());
    }
}
