package discreet.cli.evaluate;

import discreet.cli.shared.Arguments;
import discreet.cli.shared.ColumnOptions;
import discreet.spark.evaluate.Split;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs {@code discreet split}. Checks the arguments before Spark starts, then hands over to
 * {@link SplitJob}.
 */
@Command(
        name = "split",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Sets people apart for evaluation: train, histories, holdout.",
        description = {
            "",
            "A public salted hash of ids chooses the people and which of their items are hidden. So "
                    + "the same salt makes the same split, no matter who else is in the data. The output is "
                    + "three folders of Parquet: train (everybody else), histories (what is known of the "
                    + "people set apart) and holdout (what is hidden of them).",
            ""
        },
        footer = {
            "",
            "Example:",
            "  discreet split --ratings ratings.csv --output parts",
            "  discreet train --ratings parts/train --items items.csv --model model --population viewers --epsilon 1",
            "  discreet evaluate --model model --histories parts/histories --holdout parts/holdout --public-data"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class SplitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--ratings",
            paramLabel = "PATH",
            required = true,
            description = "CSV with a header or Parquet: a file, a folder or a glob.")
    private String ratings;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            required = true,
            description = "Where the parts go: a folder that does not exist yet.")
    private String output;

    @Option(
            names = "--people-share",
            paramLabel = "P",
            defaultValue = "0.1",
            description = "Share of the people set apart, > 0 and < 1 (default: ${DEFAULT-VALUE}).")
    private double peopleShare;

    @Option(
            names = "--items-share",
            paramLabel = "Q",
            defaultValue = "0.2",
            description = "Share of their items that is hidden, > 0 and < 1 (default: ${DEFAULT-VALUE}).")
    private double itemsShare;

    @Option(
            names = "--salt",
            paramLabel = "TEXT",
            defaultValue = "discreet",
            description = "Salt of the hash. Another text makes another split (default: ${DEFAULT-VALUE}).")
    private String salt;

    @Mixin
    private ColumnOptions columns;

    @Override
    public Integer call() {
        Split split = new Split(peopleShare, itemsShare, salt);
        Arguments.requireAbsent("split", output);
        SplitJob.run(split, columns.input(ratings), output, spec.commandLine().getErr());
        spec.commandLine()
                .getOut()
                .println("Parts are in " + output + ": " + Split.TRAIN + ", " + Split.HISTORIES + ", " + Split.HOLDOUT
                        + ".");
        return 0;
    }
}
