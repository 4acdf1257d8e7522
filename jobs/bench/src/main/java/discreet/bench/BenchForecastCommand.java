package discreet.bench;

import discreet.InputException;
import discreet.cli.shared.Arguments;
import discreet.cli.shared.Progress;
import discreet.evaluate.movielens.HoldoutProtocol;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures, as {@code discreet bench forecast}, how often the bands of a forecast from a release contain the
 * recall of real trainings.
 */
@Command(
        name = "forecast",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "How often forecasts from a release hold what real trainings give, on public data.",
        description = {
            "",
            "Each repeat sets other people apart, really trains at every epsilon against a ledger that is thrown away, "
                    + "forecasts from one of these releases, and compares recall@20.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  discreet bench forecast --public-data --ratings data-samples/ratings.parquet \\",
            "      --items data-samples/items.csv --min-rating 4",
            "  discreet bench forecast --movielens target/movielens/cf4j-1.1.0.jar"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BenchForecastCommand implements Callable<Integer> {
    private static final String DOING = "measure forecasts";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--movielens",
            paramLabel = "FILE",
            description = "ratings.dat of MovieLens 1M, or an archive that has it.")
    private @Nullable Path movieLens;

    @Option(names = "--ratings", paramLabel = "PATH", description = "Or other public ratings.")
    private @Nullable String ratings;

    @Option(names = "--public-data", description = "The ratings of --ratings are public: exact figures may be shown.")
    private boolean publicData;

    @Option(names = "--items", paramLabel = "PATH", description = "Their catalogue.")
    private @Nullable String items;

    @Option(names = "--min-rating", paramLabel = "R", description = "Only ratings of at least R count.")
    private @Nullable Double minRating;

    @Option(
            names = "--from",
            paramLabel = "E",
            defaultValue = "20",
            description = "Epsilon of the release to forecast from (default: ${DEFAULT-VALUE}).")
    private double from;

    @Option(
            names = "--epsilon",
            paramLabel = "E,...",
            split = ",",
            defaultValue = "1,5,20",
            description = "Budgets to forecast (default: ${DEFAULT-VALUE}).")
    private List<Double> epsilons;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "10",
            description = "Hold-outs to repeat it on (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Option(
            names = "--draws",
            paramLabel = "N",
            defaultValue = "5",
            description = "Draws of each forecast (default: ${DEFAULT-VALUE}).")
    private int draws;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Arguments.positive(DOING, "--repeats", repeats);
        Arguments.positive(DOING, "--draws", draws);
        Arguments.positiveFinite(DOING, "--from", from);
        epsilons.forEach(epsilon -> Arguments.positiveFinite(DOING, "--epsilon", epsilon));
        PrintWriter err = spec.commandLine().getErr();
        new ForecastBench(
                        data(),
                        from,
                        epsilons.stream().sorted().distinct().toList(),
                        repeats,
                        draws,
                        Progress.onTerminal(err))
                .run(spec.commandLine().getOut(), err, json);
        return 0;
    }

    private ForecastBench.Data data() {
        if (ratings != null && !publicData) {
            throw new InputException(
                    "Cannot " + DOING + ": this trains on ratings and shows exact figures of them, which on"
                            + " private data would be a release that nobody paid for. If they are public, add"
                            + " --public-data.");
        }
        if (movieLens != null && ratings == null) {
            return ForecastBench.movieLens(HoldoutProtocol.read(movieLens));
        }
        if (movieLens == null && ratings != null && items != null) {
            return ForecastBench.ratings(
                    ratings,
                    items,
                    minRating == null ? Double.NEGATIVE_INFINITY : Arguments.finite(DOING, "--min-rating", minRating));
        }
        throw new InputException(
                "Cannot measure forecasts: give --movielens, or --ratings with --items. They must be public.");
    }
}
