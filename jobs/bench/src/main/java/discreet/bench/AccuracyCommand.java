package discreet.bench;

import discreet.InputException;
import discreet.catalogue.ListRules;
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
 * Measures, as {@code discreet bench accuracy}, recall and NDCG at each epsilon on MovieLens 1M, over several
 * hold-outs.
 */
@Command(
        name = "accuracy",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Recall@20, coverage@20 and NDCG@100 on MovieLens 1M at each epsilon, beside popularity and EASE.",
        description = {
            "",
            "Ratings of 4 and 5 count; 600 people a hold-out are tested, a fifth of their items are labels; 600 more "
                    + "are set aside, everybody else trains. Delta is 1e-5. Models are really trained, against a "
                    + "ledger that is thrown away.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  ./mvnw -q -N dependency:copy -Dartifact=com.github.ferortega:cf4j:1.1.0 "
                    + "-DoutputDirectory=target/movielens",
            "  discreet bench accuracy --movielens target/movielens/cf4j-1.1.0.jar"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AccuracyCommand implements Callable<Integer> {
    private static final String DOING = "measure accuracy";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--movielens",
            paramLabel = "FILE",
            required = true,
            description = "ratings.dat of MovieLens 1M, or an archive that has it.")
    private Path movieLens;

    @Option(
            names = "--epsilon",
            paramLabel = "E,...",
            split = ",",
            defaultValue = "1,5,20",
            description = "Budgets to train with (default: ${DEFAULT-VALUE}).")
    private List<Double> epsilons;

    @Option(
            names = "--holdouts",
            paramLabel = "N",
            defaultValue = "10",
            description = "Hold-outs to average over (default: ${DEFAULT-VALUE}).")
    private int holdouts;

    @Option(
            names = "--items",
            paramLabel = "PATH",
            description =
                    "A catalogue with genres, and years in titles: CSV with a header or Parquet (default: ids alone).")
    private @Nullable String items;

    @Option(
            names = "--item-column",
            paramLabel = "NAME",
            defaultValue = "item",
            description = "Column of item ids in --items (default: ${DEFAULT-VALUE}).")
    private String itemColumn;

    @Option(
            names = "--diversify",
            paramLabel = "S",
            defaultValue = "0",
            description = "Also measures lists with S of every " + ListRules.PLACES
                    + " places kept for items outside the head (default: ${DEFAULT-VALUE}, none).")
    private int reserved;

    @Option(names = "--content", description = "Trains each budget a second time, with train --content; needs --items.")
    private boolean content;

    @Option(
            names = "--discover",
            description =
                    "Trains each budget a second time, without a list of items: labels that were not selected count "
                            + "as missed.")
    private boolean discover;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Arguments.positive(DOING, "--holdouts", holdouts);
        epsilons.forEach(epsilon -> Arguments.positiveFinite(DOING, "--epsilon", epsilon));
        if (reserved < 0 || reserved > ListRules.PLACES || (reserved > 0 && items == null)) {
            throw new InputException("Cannot " + DOING + ": --diversify must be from 0 to " + ListRules.PLACES
                    + " and needs --items, since only genres and years tell anything of items outside the head. "
                    + "Provided value: " + reserved + ".");
        }
        if (content && items == null) {
            throw new InputException(
                    "Cannot " + DOING + ": --content needs --items, which says what genres and years items have.");
        }
        HoldoutProtocol protocol = HoldoutProtocol.read(movieLens);
        PrintWriter err = spec.commandLine().getErr();
        AccuracyTable table = new AccuracyBench(
                        protocol,
                        epsilons,
                        holdouts,
                        new AccuracyBench.Variants(items, itemColumn, reserved, content, discover),
                        Progress.onTerminal(err))
                .run(err);
        spec.commandLine().getOut().println(json ? table.json() : table.text());
        return 0;
    }
}
