package discreet.cli.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.HorizontalAlign;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.cli.shared.Table;
import discreet.evaluate.Evaluation;
import discreet.evaluate.Evaluation.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Prints the quality of lists on public data.
 *
 * @param figures by the name of the recommender, this model first
 * @param remark names a recommender that was left out and says why. Empty if none was
 */
record RankingReport(Map<String, Evaluation> figures, String remark) implements EvaluationReport {

    private Evaluation first() {
        return figures.values().iterator().next();
    }

    @Override
    public String text() {
        return "Measured on " + Figures.count(first().users()) + " people with hidden items, all of them public.\n"
                + table()
                + (remark.isEmpty() ? "" : "\n" + remark);
    }

    private String table() {
        Table table = new Table().column("", HorizontalAlign.LEFT);
        for (Cut cut : first().cuts()) {
            table.column("recall@" + cut.k(), HorizontalAlign.RIGHT)
                    .column("NDCG@" + cut.k(), HorizontalAlign.RIGHT)
                    .column("coverage@" + cut.k(), HorizontalAlign.RIGHT);
        }
        List<List<String>> rows = new ArrayList<>();
        figures.forEach((name, evaluation) -> {
            List<String> row = new ArrayList<>(List.of(name));
            for (Cut cut : evaluation.cuts()) {
                row.add(Figures.metric(cut.recall()));
                row.add(Figures.metric(cut.ndcg()));
                row.add(Figures.metric(cut.coverage()));
            }
            rows.add(row);
        });
        return table.rows(rows);
    }

    @Override
    public String json() {
        ObjectNode object = Json.object().put("people", first().users());
        ObjectNode rankers = object.putObject("figures");
        figures.forEach((name, evaluation) -> {
            ArrayNode cuts = rankers.putArray(name);
            for (Cut cut : evaluation.cuts()) {
                cuts.addObject()
                        .put("k", cut.k())
                        .put("recall", cut.recall())
                        .put("ndcg", cut.ndcg())
                        .put("coverage", cut.coverage());
            }
        });
        if (!remark.isEmpty()) {
            object.put("remark", remark);
        }
        return Json.text(object);
    }
}
