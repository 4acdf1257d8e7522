package discreet.bench;

import discreet.cli.shared.Arguments;
import discreet.cli.shared.Progress;
import discreet.evaluate.movielens.RatingProtocol;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures, as {@code discreet bench ratings}, RMSE at each epsilon on MovieLens 1M, over several splits. */
@Command(
        name = "ratings",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "RMSE of predicted ratings on MovieLens 1M at each epsilon, beside biases and matrix factorisation.",
        description = {
            "",
            "A random tenth of all ratings is predicted, another tenth is tuned on by what is not private, models are "
                    + "trained on the rest. Delta is 1e-5. Models are really trained, against a ledger that is"
                    + " thrown away.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  ./mvnw -q -N dependency:copy -Dartifact=com.github.ferortega:cf4j:1.1.0"
                    + " -DoutputDirectory=target/movielens",
            "  discreet bench ratings --movielens target/movielens/cf4j-1.1.0.jar --items movies.csv"
                    + " --item-column movieId"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RatingsCommand implements Callable<Integer> {
    private static final String DOING = "measure predicted ratings";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--movielens",
            paramLabel = "FILE",
            required = true,
            description = "ratings.dat of MovieLens 1M, or an archive that has it.")
    private Path movieLens;

    @Option(
            names = "--items",
            paramLabel = "PATH",
            description = "Titles and genres of some of its ids: measures models that know them as well.")
    private @Nullable String items;

    @Option(
            names = "--item-column",
            paramLabel = "NAME",
            defaultValue = "item",
            description = "Column of ids in --items (default: ${DEFAULT-VALUE}).")
    private String itemColumn;

    @Option(
            names = "--epsilon",
            paramLabel = "E,...",
            split = ",",
            defaultValue = "1,5,20",
            description = "Budgets to train with (default: ${DEFAULT-VALUE}).")
    private List<Double> epsilons;

    @Option(
            names = "--splits",
            paramLabel = "N",
            defaultValue = "5",
            description = "Splits to average over (default: ${DEFAULT-VALUE}).")
    private int splits;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Arguments.positive(DOING, "--splits", splits);
        epsilons.forEach(epsilon -> Arguments.positiveFinite(DOING, "--epsilon", epsilon));
        RatingProtocol protocol = RatingProtocol.read(movieLens);
        PrintWriter err = spec.commandLine().getErr();
        RatingsTable table =
                new RatingsBench(protocol, items, itemColumn, epsilons, splits, Progress.onTerminal(err)).run(err);
        spec.commandLine().getOut().println(json ? table.json() : table.text());
        return 0;
    }
}
