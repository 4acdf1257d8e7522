package discreet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.HorizontalAlign;
import discreet.catalogue.Catalogue;
import discreet.catalogue.CatalogueReader;
import discreet.catalogue.Item;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.cli.shared.PublicTrials;
import discreet.cli.shared.SecuredSession;
import discreet.cli.shared.Table;
import discreet.cli.shared.TemporaryFolder;
import discreet.cli.shared.TestUsers;
import discreet.evaluate.ModelRanker;
import discreet.evaluate.TestUser;
import discreet.evaluate.movielens.Holdout;
import discreet.evaluate.movielens.HoldoutProtocol;
import discreet.forecast.Band;
import discreet.forecast.Curve;
import discreet.forecast.GramEnergy;
import discreet.forecast.Measurement;
import discreet.forecast.ReleaseForecast;
import discreet.history.RatingColumns;
import discreet.history.RatingsInput;
import discreet.history.RowRules;
import discreet.ledger.Released;
import discreet.model.RankingModel;
import discreet.noise.Threads;
import discreet.spark.evaluate.Split;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.RatingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Measures how often a forecast from a release is right, on public data. Each repeat sets different users
 * apart, really trains at every budget, forecasts all of them from the release at {@code from}, and compares
 * the results.
 */
record ForecastBench(Data data, double from, List<Double> epsilons, int repeats, int draws, Consumer<String> progress) {
    private static final int FIRST_SEED = 11;

    /** Divides the users of a repeat into training data and test users. */
    record Part(Dataset<Row> training, Catalogue catalogue, List<TestUser> test, double minRating) {}

    /** Returns the data of a repeat. */
    interface Data {
        Part part(SparkSession spark, Path folder, int repeat);
    }

    static Data movieLens(HoldoutProtocol protocol) {
        return (spark, folder, repeat) -> {
            Holdout holdout = protocol.holdout(FIRST_SEED + repeat);
            return new Part(
                    AccuracyBench.ratings(spark, folder.resolve(repeat + ".csv"), holdout),
                    Catalogue.of(holdout.items().stream().map(Item::of).toList()),
                    holdout.test(),
                    Double.NEGATIVE_INFINITY);
        };
    }

    static Data ratings(String ratings, String items, double minRating) {
        return (spark, folder, repeat) -> {
            Path parts = folder.resolve("split-" + repeat);
            new Split(Split.DEFAULT.peopleShare(), Split.DEFAULT.itemsShare(), "repeat-" + repeat)
                    .run(spark, new RatingsInput(ratings, RatingColumns.DEFAULT), parts.toString());
            Catalogue catalogue = CatalogueReader.read(items, RatingColumns.DEFAULT.item());
            return new Part(
                    read(spark, parts, Split.TRAIN),
                    catalogue,
                    TestUsers.of(
                            histories(read(spark, parts, Split.HISTORIES), catalogue, minRating),
                            histories(read(spark, parts, Split.HOLDOUT), catalogue, minRating)),
                    minRating);
        };
    }

    private static Dataset<Row> read(SparkSession spark, Path parts, String name) {
        return RatingsReader.open(spark, parts.resolve(name).toString(), RatingColumns.DEFAULT);
    }

    private static Histories histories(Dataset<Row> rows, Catalogue catalogue, double minRating) {
        return Histories.of(rows, RatingColumns.DEFAULT, catalogue, new RowRules(minRating, Integer.MAX_VALUE));
    }

    /** Compares the measured recall of a budget in a repeat with its forecast. */
    private record Outcome(int repeat, double epsilon, double truth, Band band) {
        boolean held() {
            return band.contains(truth);
        }
    }

    /** Prints one line after each repeat, and at the end how many bands held. */
    void run(PrintWriter out, PrintWriter remarks, boolean json) {
        List<Outcome> outcomes = new ArrayList<>();
        int ranked = 0;
        try (TemporaryFolder folder = TemporaryFolder.create();
                SecuredSession secured = SecuredSession.start("bench", remarks)) {
            PublicTrials trials = new PublicTrials(folder.path());
            for (int repeat = 0; repeat < repeats; repeat++) {
                progress.accept("Repeat " + (repeat + 1) + " of " + repeats);
                Part part = data.part(secured.session(), folder.path(), repeat);
                RankingModel paid = trials.train(part.training(), part.catalogue(), from, part.minRating());
                Curve curve = new ReleaseForecast(
                                paid,
                                energy(trials.gram(paid), part.catalogue()),
                                epsilons,
                                List.of(),
                                draws,
                                ReleaseForecast.DEFAULT_TEST_USERS,
                                repeat,
                                Threads.count(),
                                progress)
                        .run()
                        .get(0);
                List<Outcome> these = new ArrayList<>();
                for (Curve.Point point : curve.points()) {
                    RankingModel other = point.epsilon() == from
                            ? paid
                            : trials.train(part.training(), part.catalogue(), point.epsilon(), part.minRating());
                    double truth = Measurement.of(
                                    new ModelRanker(other),
                                    part.test(),
                                    part.catalogue().size(),
                                    Threads.count())
                            .recall();
                    these.add(new Outcome(
                            repeat, point.epsilon(), truth, point.estimate().recall()));
                }
                ranked += ordersAlike(these) ? 1 : 0;
                outcomes.addAll(these);
                if (!json) {
                    out.println(line(these));
                    out.flush();
                }
            }
        }
        out.println(json ? json(outcomes, ranked) : table(outcomes, ranked));
    }

    private static GramEnergy energy(Released gram, Catalogue catalogue) {
        return GramEnergy.of(gram.values(), gram.sigma(), gram.context(), catalogue.size());
    }

    /** Returns whether the forecast orders the budgets as the real trainings do. */
    private static boolean ordersAlike(List<Outcome> these) {
        for (int a = 0; a < these.size(); a++) {
            for (int b = a + 1; b < these.size(); b++) {
                double truth = these.get(b).truth() - these.get(a).truth();
                double forecast =
                        these.get(b).band().mean() - these.get(a).band().mean();
                if (truth * forecast < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static String line(List<Outcome> these) {
        StringBuilder line = new StringBuilder("Repeat " + (these.get(0).repeat() + 1) + ":");
        for (Outcome outcome : these) {
            line.append(String.format(
                    Locale.ROOT,
                    "  epsilon %s real %.3f forecast %.3f (%.3f - %.3f)%s",
                    Figures.number(outcome.epsilon()),
                    outcome.truth(),
                    outcome.band().mean(),
                    outcome.band().low(),
                    outcome.band().high(),
                    outcome.held() ? "" : " MISSED"));
        }
        return line.toString();
    }

    private String table(List<Outcome> outcomes, int ranked) {
        Table table = new Table()
                .column("epsilon", HorizontalAlign.RIGHT)
                .column("band holds", HorizontalAlign.RIGHT)
                .column("forecast - real, mean", HorizontalAlign.RIGHT)
                .column("largest", HorizontalAlign.RIGHT);
        List<List<String>> rows = new ArrayList<>();
        for (double epsilon : epsilons) {
            List<Outcome> own = of(outcomes, epsilon);
            rows.add(List.of(
                    Figures.number(epsilon),
                    held(own) + " of " + own.size(),
                    String.format(Locale.ROOT, "%+.3f", bias(own)),
                    String.format(Locale.ROOT, "%.3f", largest(own))));
        }
        return table.rows(rows) + System.lineSeparator() + "All bands hold in " + allHeld(outcomes) + " of " + repeats
                + " repeats; budgets are ranked as they are in " + ranked + " of " + repeats + ".";
    }

    private String json(List<Outcome> outcomes, int ranked) {
        ObjectNode json = Json.object()
                .put("from", from)
                .put("repeats", repeats)
                .put("allHeld", allHeld(outcomes))
                .put("ranked", ranked);
        outcomes.forEach(outcome -> json.withArray("outcomes")
                .addObject()
                .put("repeat", outcome.repeat())
                .put("epsilon", outcome.epsilon())
                .put("real", outcome.truth())
                .put("forecast", outcome.band().mean())
                .put("low", outcome.band().low())
                .put("high", outcome.band().high()));
        return Json.text(json);
    }

    private long allHeld(List<Outcome> outcomes) {
        return repeats
                - outcomes.stream()
                        .filter(outcome -> !outcome.held())
                        .mapToInt(Outcome::repeat)
                        .distinct()
                        .count();
    }

    private static List<Outcome> of(List<Outcome> outcomes, double epsilon) {
        return outcomes.stream().filter(outcome -> outcome.epsilon() == epsilon).toList();
    }

    private static long held(List<Outcome> own) {
        return own.stream().filter(Outcome::held).count();
    }

    private static double bias(List<Outcome> own) {
        return own.stream()
                .mapToDouble(outcome -> outcome.band().mean() - outcome.truth())
                .average()
                .orElse(0);
    }

    private static double largest(List<Outcome> own) {
        return own.stream()
                .mapToDouble(outcome -> Math.abs(outcome.band().mean() - outcome.truth()))
                .max()
                .orElse(0);
    }
}
