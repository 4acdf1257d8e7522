package discreet.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.struct;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.CatalogueReader;
import discreet.catalogue.ListRules;
import discreet.cli.recommend.ListOutput;
import discreet.cli.recommend.RecommendCommand;
import discreet.cli.recommend.RecommendJob;
import discreet.cli.shared.Json;
import discreet.cli.shared.PublicTrials;
import discreet.cli.shared.SecuredSession;
import discreet.cli.shared.TemporaryFolder;
import discreet.evaluate.movielens.RatingProtocol;
import discreet.evaluate.movielens.RatingSplit;
import discreet.history.RatingColumns;
import discreet.history.RatingsInput;
import discreet.model.ModelFiles;
import discreet.model.Provenance;
import discreet.model.RankingModel;
import discreet.noise.SamplerSpeed;
import discreet.noise.Threads;
import discreet.plan.TrainingRequest;
import discreet.spark.ratings.RatingsReader;
import discreet.statistics.RowScale;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * Runs one contender of {@link SpeedBench}. Spark starts before the clock does, and every repeat reads its
 * input again.
 *
 * @param output the folder that {@code prepare} makes, or where {@code train} puts the last model
 * @param numbered whether {@code prepare} also writes the rows with numbers for ids, the only form that ALS
 *     accepts
 */
record SpeedPart(
        @Nullable Path movieLens,
        @Nullable String ratings,
        @Nullable String items,
        @Nullable Path model,
        @Nullable Path output,
        double epsilon,
        int repeats,
        int k,
        boolean numbered,
        boolean lists) {
    private static final int ALS_RANK = 64;
    private static final int ALS_ITERATIONS = 10;

    /** Lists the contenders, and the preparation of their data. */
    enum Step {
        PREPARE,
        READ,
        GROUP,
        TRAIN,
        RECOMMEND,
        ALS
    }

    ObjectNode run(Step step, PrintWriter err) {
        try (TemporaryFolder scratch = TemporaryFolder.create();
                SecuredSession secured = SecuredSession.start("bench", err)) {
            SparkSession spark = secured.session();
            Stopwatch watch = new Stopwatch();
            ObjectNode more = Json.object();
            switch (step) {
                case PREPARE -> prepare(spark, more);
                case READ -> repeat(watch, () -> discard(read(spark)));
                case GROUP -> repeat(watch, () -> discard(grouped(read(spark))));
                case TRAIN -> train(spark, scratch.path(), watch, more);
                case RECOMMEND -> recommend(spark, scratch.path(), watch, more, err);
                case ALS -> als(spark, scratch.path(), watch);
            }
            more.set("runs", watch.json());
            return more.put("peakBytes", PeakMemory.bytes());
        }
    }

    private void repeat(Stopwatch watch, Runnable work) {
        for (int run = 0; run < repeats; run++) {
            watch.start("");
            work.run();
            watch.stop();
        }
    }

    /** Reads the ratings with Spark alone, without the engine's row rules. */
    private Dataset<Row> read(SparkSession spark) {
        return isParquet()
                ? spark.read().parquet(ratingsPath())
                : spark.read().option("header", true).csv(ratingsPath());
    }

    private boolean isParquet() {
        return !ratingsPath().endsWith(".csv") && !ratingsPath().endsWith(".csv.gz");
    }

    private static Dataset<Row> grouped(Dataset<Row> rows) {
        Column[] others = Arrays.stream(rows.columns())
                .filter(name -> !name.equals("user"))
                .map(name -> col(name))
                .toArray(Column[]::new);
        return rows.groupBy("user").agg(collect_list(struct(others)));
    }

    private static void discard(Dataset<Row> rows) {
        rows.write().format("noop").mode(SaveMode.Overwrite).save();
    }

    private void train(SparkSession spark, Path scratch, Stopwatch watch, ObjectNode more) {
        PublicTrials trials = new PublicTrials(scratch);
        for (int run = 0; run < repeats; run++) {
            watch.start("Reading the catalogue");
            Catalogue catalogue = CatalogueReader.read(itemsPath(), "item");
            RankingModel trained = trials.train(
                    RatingsReader.open(spark, ratingsPath(), RatingColumns.DEFAULT),
                    catalogue,
                    TrainingRequest.builder().epsilon(epsilon),
                    step -> watch.phase(step.replaceAll(" (over|to) [0-9,]+ .*", "")));
            watch.phase("Writing the model");
            Path folder = output != null && run == repeats - 1 ? output : scratch.resolve("model-" + run);
            ModelFiles.write(trained, folder);
            watch.stop();
            long head = trained.head().size();
            more.put("head", head)
                    .put("draws", head * (head - 1) / 2 + catalogue.size() + 1)
                    .put("rank", trained.spectrum().rank())
                    .put("sigma", sigma(trained.provenance()));
        }
        double sigma = more.path("sigma").asDouble();
        more.put("drawsPerSecond", SamplerSpeed.drawsPerSecond(sigma, Threads.count()))
                .put("drawsPerSecondOneThread", SamplerSpeed.drawsPerSecond(sigma, 1));
    }

    /** Returns the standard deviation of the integers drawn for the Gram matrix. */
    private static double sigma(Provenance provenance) {
        RowScale scale = RowScale.forUsers(provenance.people(), provenance.peopleSd());
        return provenance.sigma() * scale.norm2Bound();
    }

    private void recommend(SparkSession spark, Path scratch, Stopwatch watch, ObjectNode more, PrintWriter err) {
        for (int run = 0; run < repeats; run++) {
            watch.start("Reading and packing histories");
            AfterShuffleWrite grouping = new AfterShuffleWrite(() -> watch.phase("Grouping, scoring and writing"));
            spark.sparkContext().addSparkListener(grouping);
            RankingModel trained = ModelFiles.readRanking(modelFolder(), SpeedCommand.DOING);
            RecommendJob job = new RecommendJob(
                    trained,
                    new RatingsInput(ratingsPath(), RatingColumns.DEFAULT),
                    trained.parameters().minRating(),
                    null,
                    ListRules.ofLength(k),
                    new ListOutput(scratch.resolve("lists-" + run).toString(), RecommendCommand.Format.PARQUET),
                    null);
            job.run(spark, step -> {}, err);
            watch.stop();
            spark.sparkContext().removeSparkListener(grouping);
            more.put("head", trained.head().size())
                    .put("rank", trained.spectrum().rank());
        }
        more.put("multiplyAddsPerSecond", MultiplyAdds.perSecond());
    }

    /**
     * Starts the next phase after the stage that writes a shuffle, which reads and packs. The following stage
     * does the rest. Late events of the previous run are ignored.
     */
    private static final class AfterShuffleWrite extends SparkListener {
        private final long began = System.currentTimeMillis();
        private final AtomicBoolean over = new AtomicBoolean();
        private final Runnable next;

        AfterShuffleWrite(Runnable next) {
            this.next = next;
        }

        @Override
        public void onStageCompleted(SparkListenerStageCompleted completed) {
            StageInfo stage = completed.stageInfo();
            Option<Object> submitted = stage.submissionTime();
            boolean mine = submitted.isDefined() && (long) submitted.get() >= began;
            boolean packs = stage.taskMetrics().shuffleWriteMetrics().bytesWritten() > 0;
            if (mine && packs && !over.getAndSet(true)) {
                next.run();
            }
        }
    }

    private void als(SparkSession spark, Path scratch, Stopwatch watch) {
        watch.start("Fitting");
        ALSModel fitted = new ALS()
                .setImplicitPrefs(true)
                .setRank(ALS_RANK)
                .setMaxIter(ALS_ITERATIONS)
                .setSeed(1)
                .setUserCol("user")
                .setItemCol("item")
                .setRatingCol("rating")
                .fit(spark.read().parquet(ratingsPath()));
        if (lists) {
            watch.phase("Recommending");
            fitted.recommendForAllUsers(k)
                    .write()
                    .parquet(scratch.resolve("lists").toString());
        }
        watch.stop();
    }

    private void prepare(SparkSession spark, ObjectNode more) {
        Path folder = outputFolder();
        Dataset<Row> rows;
        if (movieLens == null) {
            rows = read(spark);
        } else {
            make(folder);
            Path csv = folder.resolve("ratings.csv");
            int count = writeMovieLens(RatingProtocol.read(movieLens).split(1), csv, folder.resolve("items.csv"));
            more.put("source", "MovieLens 1M").put("ratings", count);
            Dataset<Row> plain = spark.read()
                    .option("header", true)
                    .schema("user STRING, item STRING, rating DOUBLE")
                    .csv(csv.toString());
            plain.write().parquet(folder.resolve("ratings.parquet").toString());
            rows = spark.read().parquet(folder.resolve("ratings.parquet").toString());
        }
        if (!Arrays.asList(rows.columns()).containsAll(List.of("user", "item"))) {
            throw new InputException(
                    "Cannot " + SpeedCommand.DOING + ": the ratings have no columns user and item. Rename them.");
        }
        Dataset<Row> users = numbers(rows, "user");
        more.put("ratings", rows.count()).put("people", users.count());
        more.put("items", rows.select("item").distinct().count());
        if (numbered) {
            rows.join(users, "user")
                    .join(numbers(rows, "item"), "item")
                    .selectExpr("userNumber AS user", "itemNumber AS item", "CAST(1 AS FLOAT) AS rating")
                    .write()
                    .parquet(folder.resolve("numbered").toString());
        }
    }

    /** Numbers the ids from 0. */
    private static Dataset<Row> numbers(Dataset<Row> rows, String column) {
        return rows.select(column)
                .distinct()
                .selectExpr(
                        column, "CAST(row_number() OVER (ORDER BY " + column + ") - 1 AS INT) AS " + column + "Number");
    }

    private static int writeMovieLens(RatingSplit all, Path csv, Path items) {
        int count = 0;
        try (BufferedWriter rows = Files.newBufferedWriter(csv, UTF_8);
                BufferedWriter ids = Files.newBufferedWriter(items, UTF_8)) {
            rows.write("user,item,rating\n");
            for (RatingSplit.Part part : List.of(all.training(), all.validation(), all.test())) {
                for (int row = 0; row < part.size(); row++) {
                    rows.write(all.users().get(part.users()[row]) + ","
                            + all.items().get(part.items()[row]) + "," + part.ratings()[row] + "\n");
                }
                count += part.size();
            }
            ids.write("item\n");
            for (String item : all.items()) {
                ids.write(item + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return count;
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String ratingsPath() {
        return required(ratings, "--ratings");
    }

    private String itemsPath() {
        return required(items, "--items");
    }

    private Path modelFolder() {
        return required(model, "--model");
    }

    private Path outputFolder() {
        return required(output, "--output");
    }

    private static <T> T required(@Nullable T value, String option) {
        if (value == null) {
            throw new InputException("Cannot " + SpeedCommand.DOING + ": " + option + " is missing. Run bench speed,"
                    + " which starts this.");
        }
        return value;
    }
}
