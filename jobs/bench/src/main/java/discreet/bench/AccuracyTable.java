package discreet.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.HorizontalAlign;
import discreet.cli.shared.Json;
import discreet.cli.shared.Table;
import discreet.evaluate.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Shows recall@20, coverage@20 and NDCG@100 of several recommenders, as means over hold-outs with standard
 * deviations.
 */
final class AccuracyTable {
    static final int RECALL_AT = 20;
    static final int NDCG_AT = 100;

    private final Map<String, List<Evaluation>> rows = new LinkedHashMap<>();

    void add(String recommender, Evaluation evaluation) {
        rows.computeIfAbsent(recommender, name -> new ArrayList<>()).add(evaluation);
    }

    String text() {
        return new Table()
                .column("recommender", HorizontalAlign.LEFT)
                .column("recall@20", HorizontalAlign.RIGHT)
                .column("NDCG@100", HorizontalAlign.RIGHT)
                .column("coverage@20", HorizontalAlign.RIGHT)
                .column("hold-outs", HorizontalAlign.RIGHT)
                .rows(rows.entrySet().stream()
                        .map(row -> List.of(
                                row.getKey(),
                                figure(row.getValue(), AccuracyTable::recall),
                                figure(row.getValue(), AccuracyTable::ndcg),
                                figure(row.getValue(), AccuracyTable::coverage),
                                Integer.toString(row.getValue().size())))
                        .toList());
    }

    String json() {
        ObjectNode json = Json.object();
        ArrayNode recommenders = json.putArray("recommenders");
        rows.forEach((name, evaluations) -> recommenders
                .addObject()
                .put("name", name)
                .put("holdouts", evaluations.size())
                .put("recall20", mean(evaluations, AccuracyTable::recall))
                .put("recall20Sd", deviation(evaluations, AccuracyTable::recall))
                .put("ndcg100", mean(evaluations, AccuracyTable::ndcg))
                .put("ndcg100Sd", deviation(evaluations, AccuracyTable::ndcg))
                .put("coverage20", mean(evaluations, AccuracyTable::coverage))
                .put("coverage20Sd", deviation(evaluations, AccuracyTable::coverage)));
        return Json.text(json);
    }

    private static double recall(Evaluation evaluation) {
        return evaluation.at(RECALL_AT).recall();
    }

    private static double coverage(Evaluation evaluation) {
        return evaluation.at(RECALL_AT).coverage();
    }

    private static double ndcg(Evaluation evaluation) {
        return evaluation.at(NDCG_AT).ndcg();
    }

    private static String figure(List<Evaluation> evaluations, ToDoubleFunction<Evaluation> metric) {
        double mean = mean(evaluations, metric);
        return evaluations.size() < 2
                ? String.format(Locale.ROOT, "%.4f", mean)
                : String.format(Locale.ROOT, "%.4f +- %.4f", mean, deviation(evaluations, metric));
    }

    private static double mean(List<Evaluation> evaluations, ToDoubleFunction<Evaluation> metric) {
        return evaluations.stream().mapToDouble(metric).average().orElse(Double.NaN);
    }

    /** Returns the standard deviation between hold-outs, dividing by their number. */
    private static double deviation(List<Evaluation> evaluations, ToDoubleFunction<Evaluation> metric) {
        double mean = mean(evaluations, metric);
        return Math.sqrt(evaluations.stream()
                .mapToDouble(evaluation -> Math.pow(metric.applyAsDouble(evaluation) - mean, 2))
                .average()
                .orElse(Double.NaN));
    }
}
