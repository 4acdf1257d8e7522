package io.discreet.jobs;

import io.discreet.evaluate.Evaluation;
import io.discreet.evaluate.ModelRanker;
import io.discreet.evaluate.Ranker;
import io.discreet.evaluate.TestPerson;
import io.discreet.evaluate.peers.Ease;
import io.discreet.evaluate.peers.Popularity;
import io.discreet.model.ListRules;
import io.discreet.model.RankingModel;
import io.discreet.privacy.InputException;
import io.discreet.ratings.Histories;
import io.discreet.ratings.RatingColumns;
import io.discreet.ratings.RatingsReader;
import io.discreet.ratings.RowRules;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation on public data. Histories and hidden items are grouped on Spark and then collected: public people to test
 * on (and to train peers on) have to fit the driver's memory, about 4 bytes an item.
 *
 * @param peerTraining public ratings that peers are trained on; null: no peers
 * @param cutoffs ascending, distinct
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EvaluateJob(
        RankingModel model,
        String histories,
        String holdout,
        @Nullable String peerTraining,
        RatingColumns columns,
        double minRating,
        int[] cutoffs,
        Compared compared) {

    /**
     * Lists that are compared.
     *
     * @param plain the best of today's items
     * @param rules what was asked for; null: nothing
     * @param inWords the same, for a reader
     */
    record Compared(ListRules plain, @Nullable ListRules rules, String inWords) {}

    /** EASE inverts a matrix of items by items: above this it takes minutes and gigabytes. */
    static final int MOST_ITEMS_FOR_EASE = 5_000;

    /**
     * What was measured.
     *
     * @param figures by the name of what made the lists, the model first
     * @param remark what was left out and why; empty if nothing was
     */
    record Result(Map<String, Evaluation> figures, String remark) {}

    Result run(PrintWriter err) {
        Consumer<String> progress = Progress.onTerminal(err);
        List<TestPerson> people;
        List<int[]> training;
        try (Sessions sessions = Sessions.start("evaluate", err)) {
            SparkSession spark = sessions.session();
            progress.accept("Reading people");
            people = TestPeople.of(read(spark, histories, false), read(spark, holdout, false));
            training = peerTraining == null
                    ? List.of()
                    : read(spark, peerTraining, true).rows().collect();
        }
        if (people.isEmpty()) {
            throw new InputException(
                    "Cannot evaluate: nobody in " + holdout
                            + " has a hidden item that is in the model's catalogue. Give the histories and holdout of one split.");
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
            if (items <= MOST_ITEMS_FOR_EASE) {
                progress.accept("Training and measuring EASE");
                figures.put("EASE (not private)", measured(Ease.fit(training, items), people));
            } else {
                remark = "EASE is left out: it needs a matrix of items by items, and the catalogue has more than "
                        + Figures.count(MOST_ITEMS_FOR_EASE) + ".";
            }
        }
        return new Result(figures, remark);
    }

    private Evaluation measured(Ranker ranker, List<TestPerson> people) {
        return Evaluation.of(
                ranker, people, model.catalogue().size(), Runtime.getRuntime().availableProcessors(), cutoffs);
    }

    private Histories read(SparkSession spark, String path, boolean capped) {
        int most = capped ? model.parameters().maxItemsPerUser() : Integer.MAX_VALUE;
        return Histories.of(
                RatingsReader.open(spark, path, columns), columns, model.catalogue(), new RowRules(minRating, most));
    }
}
