package io.discreet.jobs;

import io.discreet.gram.RatedHistory;
import io.discreet.jobs.RecommendCommand.Format;
import io.discreet.model.ListMaker;
import io.discreet.model.ListRules;
import io.discreet.model.RankingModel;
import io.discreet.model.RatingModel;
import io.discreet.model.ReleasedModel;
import io.discreet.ratings.Histories;
import io.discreet.ratings.InputFiles;
import io.discreet.ratings.RatingColumns;
import io.discreet.ratings.RatingsReader;
import io.discreet.ratings.RowRules;
import io.discreet.ratings.UserIds;
import io.discreet.ratings.UserParts;
import io.discreet.recommend.ListFiles;
import io.discreet.recommend.ListFormat;
import io.discreet.recommend.Lists;
import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Batch lists on Spark.
 *
 * @param people path of a file that names who gets a list; null: everybody in the histories
 * @param output folder that appears when everything is written
 * @param parts number of parts; null: by the size of the input
 */
record RecommendJob(
        ReleasedModel model,
        String histories,
        RatingColumns columns,
        double minRating,
        @Nullable String people,
        ListRules rules,
        String output,
        Format format,
        @Nullable Integer parts) {

    void run(PrintWriter err) {
        Consumer<String> progress = Progress.onTerminal(err);
        try (Sessions sessions = Sessions.start("recommend", err)) {
            run(sessions.session(), progress, err);
        }
    }

    void run(SparkSession spark, Consumer<String> progress, PrintWriter err) {
        OutputFolder folder = OutputFolder.at(spark, "recommend", output);
        Histories known = Histories.of(
                RatingsReader.open(spark, histories, columns),
                columns,
                model.catalogue(),
                new RowRules(minRating, Integer.MAX_VALUE));
        progress.accept("Writing lists");
        Batch batch = new Batch(spark, folder.target(), err);
        if (model instanceof RatingModel rating) {
            PredictJob.requireRatings("recommend", histories, known);
            batch.write(rating.scorer(), left -> known.ratedByUser(rating.ratingRange(), left), RatedHistory.EMPTY);
        } else {
            batch.write(((RankingModel) model).scorer(), known::byUser, new int[0]);
        }
    }

    private final class Batch {
        private final SparkSession spark;
        private final String target;
        private final PrintWriter err;

        Batch(SparkSession spark, String target, PrintWriter err) {
            this.spark = spark;
            this.target = target;
            this.err = err;
        }

        <H> void write(ListMaker<H> maker, Function<UserParts, JavaPairRDD<String, H>> known, H nothing) {
            InputFiles rows = InputFiles.of(spark, histories, "ratings");
            InputFiles named = people == null ? null : InputFiles.of(spark, people, "people");
            JavaRDD<String> users = people == null ? null : UserIds.read(spark, people, columns.user());
            String inputs = String.join(
                    "\n",
                    Discreet.VERSION,
                    rows.state(),
                    named == null ? "" : named.state(),
                    columns.toString(),
                    "" + minRating);
            new ListFiles<>(maker, model.catalogue(), rules)
                    .write(
                            spark,
                            target,
                            format == Format.PARQUET ? ListFormat.PARQUET : ListFormat.CSV,
                            parts == null ? UserParts.count(rows.bytes()) : parts,
                            inputs,
                            left -> users == null
                                    ? known.apply(left)
                                    : Lists.only(users, known.apply(left), nothing, left),
                            remark -> {
                                err.println(remark);
                                err.flush();
                            });
        }
    }
}
