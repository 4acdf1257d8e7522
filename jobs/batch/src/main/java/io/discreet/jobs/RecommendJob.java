package io.discreet.jobs;

import io.discreet.gram.RatedHistory;
import io.discreet.jobs.RecommendCommand.Format;
import io.discreet.model.ListMaker;
import io.discreet.model.ListRules;
import io.discreet.model.RankingModel;
import io.discreet.model.RatingModel;
import io.discreet.model.ReleasedModel;
import io.discreet.ratings.Histories;
import io.discreet.ratings.RatingColumns;
import io.discreet.ratings.RatingsReader;
import io.discreet.ratings.RowRules;
import io.discreet.ratings.UserIds;
import io.discreet.recommend.Lists;
import java.io.PrintWriter;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Batch lists on Spark.
 *
 * @param people path of a file that names who gets a list; null: everybody in the histories
 * @param output folder that appears when everything is written
 */
record RecommendJob(
        ReleasedModel model,
        String histories,
        RatingColumns columns,
        double minRating,
        @Nullable String people,
        ListRules rules,
        String output,
        Format format) {

    void run(PrintWriter err) {
        Consumer<String> progress = Progress.onTerminal(err);
        try (Sessions sessions = Sessions.start("recommend", err)) {
            SparkSession spark = sessions.session();
            OutputFolder folder = OutputFolder.at(spark, "recommend", output);
            Histories known = Histories.of(
                    RatingsReader.read(spark, histories, columns),
                    columns,
                    model.catalogue(),
                    new RowRules(minRating, Integer.MAX_VALUE));
            Dataset<Row> lists = lists(spark, known);
            progress.accept("Writing lists");
            if (format == Format.PARQUET) {
                folder.writeParquet(lists);
            } else {
                folder.writeCsv(lists, "lists.csv");
            }
        }
    }

    private Dataset<Row> lists(SparkSession spark, Histories known) {
        if (model instanceof RatingModel rating) {
            PredictJob.requireRatings("recommend", histories, known);
            return lists(spark, rating.scorer(), known.ratedByUser(rating.ratingRange()), RatedHistory.EMPTY);
        }
        return lists(spark, ((RankingModel) model).scorer(), known.byUser(), new int[0]);
    }

    private <H> Dataset<Row> lists(SparkSession spark, ListMaker<H> maker, JavaPairRDD<String, H> known, H nothing) {
        JavaPairRDD<String, H> wanted =
                people == null ? known : Lists.only(UserIds.read(spark, people, columns.user()), known, nothing);
        return Lists.of(spark, maker, model.catalogue(), wanted, rules);
    }
}
