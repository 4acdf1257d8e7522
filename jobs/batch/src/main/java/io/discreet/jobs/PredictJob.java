package io.discreet.jobs;

import io.discreet.gram.RatedHistory;
import io.discreet.jobs.RecommendCommand.Format;
import io.discreet.model.RatingModel;
import io.discreet.privacy.InputException;
import io.discreet.ratings.Histories;
import io.discreet.ratings.RatingColumns;
import io.discreet.ratings.RatingsReader;
import io.discreet.ratings.RowRules;
import io.discreet.recommend.Predictions;
import java.io.PrintWriter;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Batch predictions on Spark.
 *
 * @param output folder that appears when everything is written
 */
record PredictJob(
        RatingModel model, String histories, String pairs, RatingColumns columns, String output, Format format) {

    void run(PrintWriter err) {
        Consumer<String> progress = Progress.onTerminal(err);
        try (Sessions sessions = Sessions.start("predict", err)) {
            SparkSession spark = sessions.session();
            OutputFolder folder = OutputFolder.at(spark, "predict", output);
            Dataset<Row> predictions = Predictions.of(spark, model, known(spark), wanted(spark));
            progress.accept("Writing predictions");
            if (format == Format.PARQUET) {
                folder.writeParquet(predictions);
            } else {
                folder.writeCsv(predictions, "predictions.csv");
            }
        }
    }

    private JavaPairRDD<String, RatedHistory> known(SparkSession spark) {
        Histories known = Histories.of(
                RatingsReader.open(spark, histories, columns),
                columns,
                model.catalogue(),
                new RowRules(model.parameters().minRating(), Integer.MAX_VALUE));
        requireRatings("predict", histories, known);
        return known.ratedByUser(model.ratingRange());
    }

    /** What a person rated and not how says nothing to a model of ratings: better an error than everybody without a history. */
    static void requireRatings(String doing, String path, Histories histories) {
        if (!histories.hasRatings()) {
            throw new InputException("Cannot " + doing + ": " + path + " has no column of ratings, and this model"
                    + " predicts ratings from a person's own. Name the column with --rating-column.");
        }
    }

    /** Of the pairs' file only users and items are asked for. */
    private Dataset<Row> wanted(SparkSession spark) {
        RatingColumns pair = new RatingColumns(
                columns.user(), columns.item(), RatingColumns.DEFAULT.rating(), RatingColumns.DEFAULT.timestamp());
        return RatingsReader.read(spark, pairs, pair);
    }
}
