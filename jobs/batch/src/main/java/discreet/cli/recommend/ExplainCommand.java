package discreet.cli.recommend;

import discreet.InputException;
import discreet.cli.shared.Arguments;
import discreet.cli.shared.ColumnOptions;
import discreet.cli.shared.ListOptions;
import discreet.cli.shared.ModelRemarks;
import discreet.history.RatingsInput;
import discreet.model.ModelFiles;
import discreet.model.ReleasedModel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs {@code discreet explain}. Checks the arguments, then hands over to {@link ExplainJob}. No Spark.
 */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Says why an item is recommended to a person: what each item of their history adds.",
        description = {
            "",
            "An explanation comes from the released model and the person's own rows alone. So it "
                    + "costs no budget and changes only when these do. The parts add up to the score. The "
                    + "output is meant for that person and nobody else.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  discreet explain --model model --history mine.csv --k 3",
            "  discreet explain --model model --history ratings.csv --user u00002 --item t0438 --json"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ExplainCommand implements Callable<Integer> {
    private static final String DOING = "explain";
    private static final int DEFAULT_PLACES = 5;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            required = true,
            description = "The folder that discreet train wrote.")
    private Path model;

    @Option(
            names = "--history",
            paramLabel = "PATH",
            required = true,
            description = "Ratings of the person: CSV with a header or Parquet.")
    private String history;

    @Option(
            names = "--user",
            paramLabel = "ID",
            description = "The person whose rows of --history count, if it has rows of several people.")
    private @Nullable String user;

    @Option(
            names = "--item",
            paramLabel = "ID",
            description = "The item to explain (default: the first --k of the person's list).")
    private @Nullable String item;

    @Option(
            names = "--k",
            paramLabel = "N",
            description = "How many items of the list to explain where no --item is given (default: 5).")
    private @Nullable Integer k;

    @Option(
            names = "--min-rating",
            paramLabel = "R",
            description = "Only ratings of at least R count as history. Not with a model of ratings (default: as "
                    + "the model was trained).")
    private @Nullable Double minRating;

    @Mixin
    private ListOptions lists;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Mixin
    private ColumnOptions columns;

    @Override
    public Integer call() {
        int count = k == null ? DEFAULT_PLACES : Arguments.positive(DOING, "--k", k);
        Double threshold = minRating == null ? null : Arguments.finite(DOING, "--min-rating", minRating);
        lists.check(DOING);
        if (item != null && (k != null || lists.any())) {
            throw new InputException("Cannot explain: --k, " + ListOptions.NAMES
                    + " say how a list is made, and --item names the item. Give either.");
        }
        ReleasedModel trained = ModelFiles.read(model);
        RatingsInput known = columns.input(history);
        ListOptions.Choice choice =
                lists.choice(trained.catalogue(), known.columns().item());
        if (item != null && choice.catalogue().indexOf(item) < 0) {
            throw new InputException("Cannot explain: the catalogue has no item '" + item
                    + "'. Give an id from the catalogue that the model was trained with, or a newer one with --items.");
        }
        ExplainReport report = new ExplainJob(
                        trained.over(choice.catalogue()),
                        known,
                        user,
                        Arguments.threshold(DOING, threshold, trained),
                        item == null ? ExplainJob.NO_ITEM : choice.catalogue().indexOf(item),
                        choice.rules(count))
                .run();
        ModelRemarks.print(trained, spec.commandLine().getErr());
        spec.commandLine().getOut().println(json ? report.json() : report.text());
        return 0;
    }
}
