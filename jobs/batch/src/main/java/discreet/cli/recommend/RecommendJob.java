package discreet.cli.recommend;

import discreet.catalogue.ListRules;
import discreet.cli.shared.OutputFolder;
import discreet.cli.shared.Progress;
import discreet.cli.shared.RequiredRatings;
import discreet.cli.shared.SecuredSession;
import discreet.cli.shared.Version;
import discreet.history.HistoryForm;
import discreet.history.RatingsInput;
import discreet.history.RowRules;
import discreet.history.UserHistory;
import discreet.model.Recommender;
import discreet.model.ReleasedModel;
import discreet.spark.lists.BatchLists;
import discreet.spark.lists.HistoryMatches;
import discreet.spark.lists.ListFiles;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.InputFiles;
import discreet.spark.ratings.RatingsReader;
import discreet.spark.ratings.UserIds;
import discreet.spark.ratings.UserParts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Makes batch lists on Spark.
 *
 * @param people path of a file that names the users who get a list. Null means all users in the histories
 * @param parts number of parts. Null means by the size of the input
 */
public record RecommendJob(
        ReleasedModel model,
        RatingsInput histories,
        double minRating,
        @Nullable String people,
        ListRules rules,
        ListOutput output,
        @Nullable Integer parts) {

    void run(PrintWriter err) {
        Consumer<String> progress = Progress.onTerminal(err);
        try (SecuredSession sessions = SecuredSession.start("recommend", err)) {
            run(sessions.session(), progress, err);
        }
    }

    public void run(SparkSession spark, Consumer<String> progress, PrintWriter err) {
        OutputFolder folder = OutputFolder.at(spark, "recommend", output.folder());
        Histories known = Histories.of(
                RatingsReader.open(spark, histories),
                histories.columns(),
                model.catalogue(),
                new RowRules(minRating, Integer.MAX_VALUE));
        progress.accept("Writing lists");
        RequiredRatings.check("recommend", histories.path(), known.hasRatings(), model.historyForm());
        write(spark, model.scorer(), known, folder.target(), err);
    }

    private <H> void write(SparkSession spark, Recommender<H> scorer, Histories known, String target, PrintWriter err) {
        HistoryForm<H> form = scorer.historyForm();
        InputFiles rows = InputFiles.of(spark, histories.path(), "ratings");
        InputFiles named = people == null ? null : InputFiles.of(spark, people, "people");
        JavaRDD<String> users = people == null
                ? null
                : UserIds.read(spark, people, histories.columns().user());
        String inputs = String.join(
                "\n",
                Version.NUMBER,
                rows.state(),
                named == null ? "" : named.state(),
                histories.toString(),
                "" + minRating);
        Path diagnostics = output.diagnostics();
        HistoryMatches matches = diagnostics == null
                ? null
                : HistoryMatches.of(
                        users == null
                                ? known.byUser(form)
                                : BatchLists.only(users, known.byUser(form), UserHistory.empty(form)),
                        form,
                        model.head());
        new ListFiles<>(scorer, model.catalogue(), rules)
                .write(
                        spark,
                        target,
                        output.listFormat(),
                        parts == null ? UserParts.count(rows.bytes()) : parts,
                        inputs,
                        left -> users == null
                                ? known.byUser(form, left)
                                : BatchLists.only(users, known.byUser(form, left), UserHistory.empty(form), left),
                        remark -> {
                            err.println(remark);
                            err.flush();
                        });
        if (diagnostics != null && matches != null) {
            new Diagnostics(matches).write(diagnostics);
        }
    }
}
