package discreet.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.catalogue.Catalogue;
import discreet.catalogue.CatalogueReader;
import discreet.catalogue.Item;
import discreet.catalogue.ListRules;
import discreet.cli.shared.Figures;
import discreet.cli.shared.PublicTrials;
import discreet.cli.shared.SecuredSession;
import discreet.cli.shared.TemporaryFolder;
import discreet.evaluate.Evaluation;
import discreet.evaluate.ModelRanker;
import discreet.evaluate.Ranker;
import discreet.evaluate.TranslatedRanker;
import discreet.evaluate.baselines.Ease;
import discreet.evaluate.baselines.Popularity;
import discreet.evaluate.movielens.Holdout;
import discreet.evaluate.movielens.HoldoutProtocol;
import discreet.history.RatingColumns;
import discreet.model.RankingModel;
import discreet.plan.TrainingRequest;
import discreet.spark.ratings.RatingsReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Trains on several hold-outs of MovieLens 1M at several budgets and measures the accuracy of each model, of
 * popularity and of EASE.
 *
 * @param epsilons budgets, each trained once for every hold-out
 * @param holdouts number of hold-outs, with seeds 11, 12 and so on
 */
record AccuracyBench(
        HoldoutProtocol protocol, List<Double> epsilons, int holdouts, Variants variants, Consumer<String> progress) {
    /**
     * Variants measured in addition to the default model.
     *
     * @param items path of a catalogue with titles and genres, or null to know items by their ids alone
     * @param reserved reserved places of every 20, or 0 to leave this variant out
     * @param content whether to train each budget again with rows that lean towards content
     * @param discover whether to train each budget again without a list of items
     */
    record Variants(@Nullable String items, String itemColumn, int reserved, boolean content, boolean discover) {}

    private static final int FIRST_SEED = 11;

    AccuracyTable run(PrintWriter remarks) {
        AccuracyTable table = new AccuracyTable();
        try (TemporaryFolder folder = TemporaryFolder.create();
                SecuredSession secured = SecuredSession.start("bench", remarks)) {
            PublicTrials trials = new PublicTrials(folder.path());
            for (int turn = 0; turn < holdouts; turn++) {
                Holdout holdout = protocol.holdout(FIRST_SEED + turn);
                String which = "hold-out " + (turn + 1) + " of " + holdouts;
                progress.accept("Popularity and EASE, " + which);
                int items = holdout.items().size();
                table.add("popularity, not private", measure(Popularity.fit(holdout.training(), items), holdout));
                Dataset<Row> ratings = ratings(secured.session(), folder.path().resolve(turn + ".csv"), holdout);
                Catalogue catalogue = catalogue(secured.session(), holdout);
                for (double epsilon : epsilons) {
                    progress.accept("Epsilon " + Figures.number(epsilon) + ", " + which);
                    RankingModel model = trials.train(ratings, catalogue, epsilon, Double.NEGATIVE_INFINITY);
                    String name = "epsilon " + Figures.number(epsilon);
                    table.add(name, measure(new ModelRanker(model), holdout));
                    if (variants.reserved() > 0) {
                        Ranker diverse = new ModelRanker(model, new ListRules(0, null, variants.reserved()));
                        table.add(name + ", --diversify " + variants.reserved(), measure(diverse, holdout));
                    }
                    if (variants.content()) {
                        progress.accept("Epsilon " + Figures.number(epsilon) + ", with content, " + which);
                        RankingModel withContent = trials.train(
                                ratings,
                                catalogue,
                                TrainingRequest.builder().epsilon(epsilon).content(true),
                                step -> {});
                        table.add(name + ", --content", measure(new ModelRanker(withContent), holdout));
                    }
                    if (variants.discover()) {
                        progress.accept("Epsilon " + Figures.number(epsilon) + ", items not listed, " + which);
                        Ranker discovered = new TranslatedRanker(
                                trials.train(ratings, null, epsilon, Double.NEGATIVE_INFINITY), holdout.items());
                        table.add(name + ", items not listed", measure(discovered, holdout));
                    }
                }
                table.add("EASE, not private", measure(Ease.fit(holdout.training(), items), holdout));
            }
        }
        return table;
    }

    /** Returns the items of the protocol, described by the given catalogue where it knows them. */
    private Catalogue catalogue(SparkSession spark, Holdout holdout) {
        if (variants.items() == null) {
            return Catalogue.of(holdout.items().stream().map(Item::of).toList());
        }
        Catalogue given = CatalogueReader.read(variants.items(), variants.itemColumn());
        return Catalogue.of(holdout.items().stream()
                .map(id -> given.indexOf(id) < 0 ? Item.of(id) : given.item(given.indexOf(id)))
                .toList());
    }

    private static Evaluation measure(Ranker ranker, Holdout holdout) {
        return Evaluation.of(
                ranker,
                holdout.test(),
                holdout.items().size(),
                Runtime.getRuntime().availableProcessors(),
                AccuracyTable.RECALL_AT,
                AccuracyTable.NDCG_AT);
    }

    static Dataset<Row> ratings(SparkSession spark, Path csv, Holdout holdout) {
        try (BufferedWriter out = Files.newBufferedWriter(csv, UTF_8)) {
            out.write("user,item\n");
            holdout.forEachTrainingRow((user, item) -> {
                try {
                    out.write(user + "," + item + "\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return RatingsReader.read(spark, csv.toString(), RatingColumns.DEFAULT);
    }
}
