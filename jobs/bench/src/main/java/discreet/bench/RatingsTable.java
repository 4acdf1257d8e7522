package discreet.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.HorizontalAlign;
import discreet.cli.shared.Json;
import discreet.cli.shared.Table;
import discreet.evaluate.RatingErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Tabulates RMSE and mean absolute error of several predictors, with the mean over the splits and their
 * standard deviation.
 */
final class RatingsTable {
    private final Map<String, List<RatingErrors>> rows = new LinkedHashMap<>();

    void add(String predictor, RatingErrors errors) {
        rows.computeIfAbsent(predictor, name -> new ArrayList<>()).add(errors);
    }

    String text() {
        return new Table()
                .column("predictor", HorizontalAlign.LEFT)
                .column("RMSE", HorizontalAlign.RIGHT)
                .column("MAE", HorizontalAlign.RIGHT)
                .column("splits", HorizontalAlign.RIGHT)
                .rows(rows.entrySet().stream()
                        .map(row -> List.of(
                                row.getKey(),
                                figure(row.getValue(), RatingErrors::rmse),
                                figure(row.getValue(), RatingErrors::mae),
                                Integer.toString(row.getValue().size())))
                        .toList());
    }

    String json() {
        ObjectNode json = Json.object();
        ArrayNode predictors = json.putArray("predictors");
        rows.forEach((name, errors) -> predictors
                .addObject()
                .put("name", name)
                .put("splits", errors.size())
                .put("rmse", mean(errors, RatingErrors::rmse))
                .put("rmseSd", deviation(errors, RatingErrors::rmse))
                .put("mae", mean(errors, RatingErrors::mae))
                .put("maeSd", deviation(errors, RatingErrors::mae)));
        return Json.text(json);
    }

    private static String figure(List<RatingErrors> errors, ToDoubleFunction<RatingErrors> metric) {
        double mean = mean(errors, metric);
        return errors.size() < 2
                ? String.format(Locale.ROOT, "%.4f", mean)
                : String.format(Locale.ROOT, "%.4f +- %.4f", mean, deviation(errors, metric));
    }

    private static double mean(List<RatingErrors> errors, ToDoubleFunction<RatingErrors> metric) {
        return errors.stream().mapToDouble(metric).average().orElse(Double.NaN);
    }

    /** Returns the standard deviation over all splits. */
    private static double deviation(List<RatingErrors> errors, ToDoubleFunction<RatingErrors> metric) {
        double mean = mean(errors, metric);
        return Math.sqrt(errors.stream()
                .mapToDouble(one -> Math.pow(metric.applyAsDouble(one) - mean, 2))
                .average()
                .orElse(Double.NaN));
    }
}
