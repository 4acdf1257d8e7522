package discreet.cli.evaluate;

import discreet.InputException;
import discreet.catalogue.ListRules;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Progress;
import discreet.cli.shared.SecuredSession;
import discreet.cli.shared.TestUsers;
import discreet.evaluate.Evaluation;
import discreet.evaluate.ModelRanker;
import discreet.evaluate.Ranker;
import discreet.evaluate.TestUser;
import discreet.evaluate.baselines.Ease;
import discreet.evaluate.baselines.Popularity;
import discreet.history.RatingsInput;
import discreet.history.RowRules;
import discreet.model.RankingModel;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.RatingsReader;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates lists on public data. Histories and hidden items are grouped on Spark and then collected, so
 * the public users to test on (and to train baselines on) have to fit into the driver's memory at about 4
 * bytes per item.
 *
 * @param peerTraining public ratings that baselines are trained on; null means no baselines
 * @param cutoffs ascending, distinct
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RankingEvaluateJob(
        RankingModel model,
        RatingsInput histories,
        RatingsInput holdout,
        @Nullable RatingsInput peerTraining,
        double minRating,
        int[] cutoffs,
        Compared compared) {

    /**
     * Gives the rules of the lists that are compared.
     *
     * @param plain rules for lists of the best current items
     * @param rules the rules that were asked for; null if none were
     * @param inWords the same in words
     */
    record Compared(ListRules plain, @Nullable ListRules rules, String inWords) {}

    RankingReport run(PrintWriter err) {
        Consumer<String> progress = Progress.onTerminal(err);
        List<TestUser> people;
        List<int[]> training;
        try (SecuredSession sessions = SecuredSession.start("evaluate", err)) {
            SparkSession spark = sessions.session();
            progress.accept("Reading people");
            people = TestUsers.of(
                    read(spark, histories, false),
                    read(spark, holdout, false),
                    compared.plain().listSeen());
            training = peerTraining == null
                    ? List.of()
                    : read(spark, peerTraining, true).rows().collect();
        }
        if (people.isEmpty()) {
            throw new InputException("Cannot evaluate: nobody in " + holdout.path()
                    + " has a hidden item that is in the model's catalogue. Give the histories and holdout"
                    + " of one split.");
        }
        int items = model.catalogue().size();
        Map<String, Evaluation> figures = new LinkedHashMap<>();
        progress.accept("Measuring the model");
        figures.put("this model", measured(new ModelRanker(model, compared.plain()), people));
        if (compared.rules() != null) {
            progress.accept("Measuring the model " + compared.inWords());
            figures.put(compared.inWords(), measured(new ModelRanker(model, compared.rules()), people));
        }
        String remark = "";
        if (peerTraining != null) {
            progress.accept("Measuring popularity");
            figures.put("popularity (not private)", measured(Popularity.fit(training, items), people));
            if (items <= Ease.MAX_ITEMS) {
                progress.accept("Training and measuring EASE");
                figures.put("EASE (not private)", measured(Ease.fit(training, items), people));
            } else {
                remark = "EASE is left out: it needs a matrix of items by items, and the catalogue has more than "
                        + Figures.count(Ease.MAX_ITEMS) + ".";
            }
        }
        return new RankingReport(figures, remark);
    }

    private Evaluation measured(Ranker ranker, List<TestUser> people) {
        return Evaluation.of(
                ranker, people, model.catalogue().size(), Runtime.getRuntime().availableProcessors(), cutoffs);
    }

    private Histories read(SparkSession spark, RatingsInput input, boolean capped) {
        int most = capped ? model.parameters().maxItemsPerUser() : Integer.MAX_VALUE;
        return Histories.of(
                RatingsReader.open(spark, input), input.columns(), model.catalogue(), new RowRules(minRating, most));
    }
}
