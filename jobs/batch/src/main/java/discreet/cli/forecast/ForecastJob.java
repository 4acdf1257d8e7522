package discreet.cli.forecast;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.CatalogueReader;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Progress;
import discreet.cli.shared.PublicTrials;
import discreet.cli.shared.SecuredSession;
import discreet.cli.shared.TemporaryFolder;
import discreet.cli.shared.TestUsers;
import discreet.evaluate.ModelRanker;
import discreet.evaluate.Ranker;
import discreet.evaluate.TestUser;
import discreet.evaluate.baselines.Ease;
import discreet.evaluate.baselines.Popularity;
import discreet.forecast.Curve;
import discreet.forecast.Measurement;
import discreet.forecast.Trials;
import discreet.history.RatingColumns;
import discreet.history.RatingsInput;
import discreet.history.RowRules;
import discreet.privacy.Budget;
import discreet.privacy.HashRange;
import discreet.spark.evaluate.Split;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.RatingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts from public ratings. It splits the ratings and really trains on the training part, on a sample of
 * its users, or on copies of them if more users are asked for. For public data only, since the figures are
 * exact.
 *
 * @param people numbers of users to train on, where an empty list means all of them
 */
record ForecastJob(
        RatingsInput ratings,
        String items,
        double minRating,
        String salt,
        List<Double> epsilons,
        List<Integer> people,
        int draws,
        @Nullable Double target) {

    ForecastReport run(PrintWriter err) {
        Consumer<String> progress = Progress.onTerminal(err);
        try (TemporaryFolder folder = TemporaryFolder.create();
                SecuredSession secured = SecuredSession.start("forecast", err)) {
            SparkSession spark = secured.session();
            progress.accept("Splitting");
            Path parts = folder.path().resolve("split");
            Split split = new Split(Split.DEFAULT.peopleShare(), Split.DEFAULT.itemsShare(), salt);
            split.run(spark, ratings, parts.toString());
            Catalogue catalogue = CatalogueReader.read(items, ratings.columns().item());
            Dataset<Row> training = part(spark, parts, Split.TRAIN);
            List<TestUser> test = TestUsers.of(
                    histories(part(spark, parts, Split.HISTORIES), catalogue, Integer.MAX_VALUE),
                    histories(part(spark, parts, Split.HOLDOUT), catalogue, Integer.MAX_VALUE));
            if (test.isEmpty()) {
                throw new InputException("Cannot forecast: nobody of those set apart in " + ratings.path()
                        + " has two items of the catalogue. Give more ratings, or another --salt.");
            }
            int available = count(training, catalogue);
            PublicTrials trials = new PublicTrials(folder.path());
            List<Curve> curves = new ArrayList<>();
            for (int size : people.isEmpty() ? List.of(available) : people) {
                curves.add(curve(size, available, training, catalogue, test, trials, progress));
            }
            return new ForecastReport(
                    ForecastSource.publicRatings(draws, test.size()),
                    new Budget(1, PublicTrials.DELTA),
                    curves,
                    target);
        }
    }

    private Curve curve(
            int size,
            int available,
            Dataset<Row> training,
            Catalogue catalogue,
            List<TestUser> test,
            PublicTrials trials,
            Consumer<String> progress) {
        Dataset<Row> some = size == available ? training : resized(training, (double) size / available);
        List<int[]> rows = histories(some, catalogue, RowRules.DEFAULT.maxItemsPerUser())
                .rows()
                .collect();
        Trials collected = new Trials();
        progress.accept("Popularity and EASE");
        collected.addFloor(measure(Popularity.fit(rows, catalogue.size()), test, catalogue));
        if (catalogue.size() <= Ease.MAX_ITEMS) {
            collected.addCeiling(measure(Ease.fit(rows, catalogue.size()), test, catalogue));
        }
        for (int draw = 1; draw <= draws; draw++) {
            for (double epsilon : epsilons) {
                progress.accept("Training at epsilon " + Figures.number(epsilon) + ", draw " + draw + " of " + draws);
                Ranker model = new ModelRanker(trials.train(some, catalogue, epsilon, minRating));
                collected.add(epsilon, measure(model, test, catalogue));
            }
        }
        return collected.curve(rows.size(), size > available);
    }

    /**
     * Returns a share of the users, chosen by a hash of their ids. A share above 1 repeats every user under
     * new ids.
     */
    private static Dataset<Row> resized(Dataset<Row> training, double share) {
        Dataset<Row> result = training.limit(0);
        int copies = (int) Math.floor(share);
        for (int copy = 0; copy <= copies; copy++) {
            double part = Math.min(1, share - copy);
            long to = (long) (part * 0x1p53);
            if (to > 0) {
                HashRange chosen = new HashRange("forecast", 0, to);
                Column in = part == 1
                        ? functions.lit(true)
                        : functions
                                .udf((String user) -> chosen.contains(user), DataTypes.BooleanType)
                                .apply(functions.col("user"));
                result = result.unionByName(training.where(in)
                        .withColumn("user", functions.concat(functions.col("user"), functions.lit("#" + copy))));
            }
        }
        return result;
    }

    private int count(Dataset<Row> training, Catalogue catalogue) {
        return Math.toIntExact(histories(training, catalogue, RowRules.DEFAULT.maxItemsPerUser())
                .rows()
                .count());
    }

    private static Measurement measure(Ranker ranker, List<TestUser> test, Catalogue catalogue) {
        return Measurement.of(
                ranker, test, catalogue.size(), Runtime.getRuntime().availableProcessors());
    }

    private static Dataset<Row> part(SparkSession spark, Path parts, String name) {
        return RatingsReader.open(spark, parts.resolve(name).toString(), RatingColumns.DEFAULT);
    }

    private Histories histories(Dataset<Row> rows, Catalogue catalogue, int maxItems) {
        return Histories.of(rows, RatingColumns.DEFAULT, catalogue, new RowRules(minRating, maxItems));
    }
}
