package discreet.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.catalogue.Catalogue;
import discreet.catalogue.CatalogueReader;
import discreet.catalogue.Item;
import discreet.cli.shared.Figures;
import discreet.cli.shared.PublicTrials;
import discreet.cli.shared.SecuredSession;
import discreet.cli.shared.TemporaryFolder;
import discreet.evaluate.RatedUser;
import discreet.evaluate.RatingErrors;
import discreet.evaluate.baselines.Biases;
import discreet.evaluate.movielens.RatingProtocol;
import discreet.evaluate.movielens.RatingSplit;
import discreet.history.RatedHistory;
import discreet.history.RatingColumns;
import discreet.history.RatingRange;
import discreet.model.RatingModel;
import discreet.spark.ratings.RatingsReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Trains on several splits of MovieLens 1M at several budgets and measures the predictions of each model, of
 * biases and of matrix factorisation.
 *
 * @param items path of a catalogue with titles and genres for some of the ids, or null to know items by their
 *     ids alone
 * @param itemColumn the catalogue's column of ids
 * @param epsilons budgets, each trained once for every split and catalogue
 * @param splits number of splits, with seeds 1, 2 and so on
 */
record RatingsBench(
        RatingProtocol protocol,
        @Nullable String items,
        String itemColumn,
        List<Double> epsilons,
        int splits,
        Consumer<String> progress) {
    private static final RatingRange STARS = new RatingRange(1, 5);
    private static final double[] PENALTIES = {1, 2, 3, 5, 8};

    RatingsTable run(PrintWriter remarks) {
        RatingsTable table = new RatingsTable();
        try (TemporaryFolder folder = TemporaryFolder.create();
                SecuredSession secured = SecuredSession.start("bench", remarks)) {
            SparkSession spark = secured.session();
            MatrixFactorisation.Setting setting = null; // tuned on the first split only, since splits differ little
            PublicTrials trials = new PublicTrials(folder.path());
            for (int turn = 1; turn <= splits; turn++) {
                RatingSplit split = protocol.split(turn);
                List<RatedUser> test = split.ratedUsers(STARS, split.test());
                String which = ", split " + turn + " of " + splits;
                progress.accept("Biases" + which);
                Biases biases = biases(split);
                table.add("mean and biases, not private", RatingErrors.of(biases, test));
                Dataset<Row> ratings = ratings(spark, folder.path().resolve(turn + ".csv"), split);
                for (Map.Entry<String, Catalogue> catalogue :
                        catalogues(spark, split.items()).entrySet()) {
                    for (double epsilon : epsilons) {
                        String name = "epsilon " + Figures.number(epsilon) + catalogue.getKey();
                        progress.accept("Training at " + name + which);
                        RatingModel model = trials.trainRating(
                                ratings,
                                catalogue.getValue(),
                                epsilon,
                                STARS,
                                split.users().size());
                        table.add(name, RatingErrors.of(model.scorer()::predict, test));
                    }
                }
                Path scratch = folder.path().resolve("split-" + turn);
                make(scratch);
                MatrixFactorisation factors = new MatrixFactorisation(spark, scratch, split, STARS, biases);
                if (setting == null) {
                    progress.accept("Tuning matrix factorisation");
                    setting = factors.best();
                }
                progress.accept("Matrix factorisation" + which);
                table.add("matrix factorisation (MLlib ALS), not private", factors.errors(setting));
            }
        }
        return table;
    }

    private static void make(Path folder) {
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fits biases with the penalty that is best on the validation rows. */
    private static Biases biases(RatingSplit split) {
        List<RatedHistory> people = split.histories(STARS);
        List<RatedUser> validation = split.ratedUsers(STARS, split.validation());
        Biases best = null;
        double smallest = Double.POSITIVE_INFINITY;
        for (double penalty : PENALTIES) {
            Biases fitted = Biases.fit(people, split.items().size(), STARS, penalty);
            double rmse = RatingErrors.of(fitted, validation).rmse();
            if (best == null || rmse < smallest) {
                best = fitted;
                smallest = rmse;
            }
        }
        if (best == null) {
            throw new IllegalStateException("the grid is empty");
        }
        return best;
    }

    /** Returns the catalogues to measure with, keyed by the text that follows epsilon in the table. */
    private Map<String, Catalogue> catalogues(SparkSession spark, List<String> ids) {
        Map<String, Catalogue> catalogues = new LinkedHashMap<>();
        catalogues.put("", Catalogue.of(ids.stream().map(Item::of).toList()));
        if (items != null) {
            Catalogue known = CatalogueReader.read(items, itemColumn);
            catalogues.put(
                    ", with genres and decades",
                    Catalogue.of(ids.stream()
                            .map(id -> known.indexOf(id) < 0 ? Item.of(id) : known.item(known.indexOf(id)))
                            .toList()));
        }
        return catalogues;
    }

    private static Dataset<Row> ratings(SparkSession spark, Path csv, RatingSplit split) {
        RatingSplit.Part training = split.training();
        try (BufferedWriter out = Files.newBufferedWriter(csv, UTF_8)) {
            out.write("user,item,rating\n");
            for (int row = 0; row < training.size(); row++) {
                out.write(split.users().get(training.users()[row]) + ","
                        + split.items().get(training.items()[row]) + "," + training.ratings()[row] + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return RatingsReader.read(spark, csv.toString(), RatingColumns.DEFAULT);
    }
}
