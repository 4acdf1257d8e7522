package discreet.cli.recommend;

import static org.apache.spark.sql.functions.col;

import discreet.InputException;
import discreet.catalogue.ListRules;
import discreet.cli.shared.RequiredRatings;
import discreet.cli.shared.SecuredSession;
import discreet.history.HistoryForm;
import discreet.history.RatingColumns;
import discreet.history.RowRules;
import discreet.model.Explanation;
import discreet.model.Recommender;
import discreet.model.ReleasedModel;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.RatingsReader;
import java.io.PrintWriter;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Explanations for one person. The history goes through the same rules as everybody's does for lists, on Spark as there, so that what is
 * explained is what is listed.
 *
 * @param user whose rows count; null: the only person's in the file
 * @param item catalogue index, or {@link #NO_ITEM}: what the list begins with
 * @param rules how the list is made
 */
record ExplainJob(
        ReleasedModel model,
        String history,
        @Nullable String user,
        RatingColumns columns,
        double minRating,
        int item,
        ListRules rules) {
    static final int NO_ITEM = -1;

    ExplainReport run(PrintWriter err) {
        try (SecuredSession sessions = SecuredSession.start("explain", err)) {
            Histories histories = histories(sessions.session());
            RequiredRatings.check("explain", history, histories, model.historyForm());
            return report(model.scorer(), histories);
        }
    }

    private <H> ExplainReport report(Recommender<H> scorer, Histories histories) {
        HistoryForm<H> form = scorer.historyForm();
        H own = own(histories.byUser(form), form.empty());
        List<Explanation> explanations = item == NO_ITEM
                ? scorer.recommend(own, rules).stream()
                        .map(place -> scorer.explain(own, place))
                        .toList()
                : List.of(scorer.explain(own, item));
        return new ExplainReport(model.catalogue(), scorer.scoreName(), form.items(own), explanations);
    }

    private Histories histories(SparkSession spark) {
        Dataset<Row> rows = RatingsReader.read(spark, history, columns);
        Dataset<Row> mine = user == null ? rows : rows.where(col("user").equalTo(user));
        if (user != null && mine.isEmpty()) {
            throw new InputException(
                    "Cannot explain: the history has no row of that person. Check --user and --user-column.");
        }
        return Histories.of(mine, columns, model.catalogue(), new RowRules(minRating, Integer.MAX_VALUE));
    }

    private static <H> H own(JavaPairRDD<String, H> histories, H nothing) {
        // Two are enough to know that there are several
        List<H> people = histories.values().take(2);
        if (people.size() > 1) {
            throw new InputException(
                    "Cannot explain: the history has rows of more than one person. Say whose with --user.");
        }
        return people.isEmpty() ? nothing : people.get(0);
    }
}
