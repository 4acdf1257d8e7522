package discreet.cli.recommend;

import discreet.cli.recommend.RecommendCommand.Format;
import discreet.cli.shared.OutputFolder;
import discreet.cli.shared.Progress;
import discreet.cli.shared.RequiredRatings;
import discreet.cli.shared.SecuredSession;
import discreet.history.RatedHistory;
import discreet.history.RatingColumns;
import discreet.history.RatingsInput;
import discreet.history.RowRules;
import discreet.history.UserHistory;
import discreet.model.RatingModel;
import discreet.spark.lists.HistoryMatches;
import discreet.spark.lists.Predictions;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.RatingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Makes batch predictions on Spark.
 */
record PredictJob(RatingModel model, RatingsInput histories, String pairs, ListOutput output) {

    void run(PrintWriter err) {
        Consumer<String> progress = Progress.onTerminal(err);
        try (SecuredSession sessions = SecuredSession.start("predict", err)) {
            SparkSession spark = sessions.session();
            OutputFolder folder = OutputFolder.at(spark, "predict", output.folder());
            JavaPairRDD<String, UserHistory<RatedHistory>> known = known(spark);
            Dataset<Row> wanted = wanted(spark);
            Path diagnostics = output.diagnostics();
            HistoryMatches matches = diagnostics == null
                    ? null
                    : HistoryMatches.of(Predictions.histories(model, known, wanted), model.historyForm(), model.head());
            Dataset<Row> predictions = Predictions.of(spark, model, known, wanted);
            progress.accept("Writing predictions");
            if (output.format() == Format.PARQUET) {
                folder.writeParquet(predictions);
            } else {
                folder.writeCsv(predictions, "predictions.csv", output.neutralIds());
            }
            if (diagnostics != null && matches != null) {
                new Diagnostics(matches).write(diagnostics);
            }
        }
    }

    private JavaPairRDD<String, UserHistory<RatedHistory>> known(SparkSession spark) {
        Histories known = Histories.of(
                RatingsReader.open(spark, histories),
                histories.columns(),
                model.catalogue(),
                new RowRules(model.parameters().minRating(), Integer.MAX_VALUE));
        RequiredRatings.check("predict", histories.path(), known.hasRatings(), model.historyForm());
        return known.byUser(model.historyForm());
    }

    /** Reads only users and items from the file of pairs, whatever else is in it. */
    private Dataset<Row> wanted(SparkSession spark) {
        RatingColumns columns = histories.columns();
        RatingColumns pair = new RatingColumns(
                columns.user(), columns.item(), RatingColumns.DEFAULT.rating(), RatingColumns.DEFAULT.timestamp());
        return RatingsReader.read(spark, new RatingsInput(pairs, pair, Set.of(), histories.isMultiline()));
    }
}
