package discreet.cli.check;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.CatalogueReader;
import discreet.cli.shared.Arguments;
import discreet.cli.shared.ColumnOptions;
import discreet.cli.shared.PrivateFile;
import discreet.cli.shared.Progress;
import discreet.cli.shared.SecuredSession;
import discreet.history.HashRangeFile;
import discreet.history.RatingsSchema;
import discreet.history.RowRules;
import discreet.spark.check.InputCheck;
import discreet.spark.check.InputCounts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs {@code discreet check}. The figures are exact, so they go to a terminal or to a file of mode 0600, and
 * never to redirected output that a scheduler may keep. The exit code depends on schemas alone.
 */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Counts exactly what ratings hold, for their operator. Free, and not for publication.",
        description = {
            "",
            "Says how many rows are read and why rows are left out, whether ids match the catalogue, and what looks "
                    + "wrong: other spellings of an id, ratings that are no numbers, times that are not understood, "
                    + "quotation marks, bytes that are not UTF-8.",
            "Use it to see whether the files were read as you meant. Do not choose epsilon, --min-rating or other "
                    + "parameters by it: what is chosen by looking at ratings is outside the guarantee.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  discreet check --ratings ratings.csv --items items.csv --output check.html",
            "",
            "The exit code is 0 whatever the rows hold, and 2 if a path, a header or a type is wrong."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class CheckCommand implements Callable<Integer> {
    private static final String DOING = "check";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--ratings",
            paramLabel = "PATH",
            required = true,
            description = "The ratings: CSV with a header or Parquet, a file, a folder or a glob.")
    private String ratings;

    @Option(
            names = "--items",
            paramLabel = "PATH",
            description = "The public catalogue, CSV or Parquet (default: every item in the ratings counts).")
    private @Nullable String items;

    @Option(
            names = "--min-rating",
            paramLabel = "R",
            description = "Counts the rows as a training with this option would (default: every row counts).")
    private @Nullable Double minRating;

    @Option(
            names = "--max-items-per-user",
            paramLabel = "K",
            defaultValue = "500",
            description = "At most the K most recent items of a person count (default: ${DEFAULT-VALUE}).")
    private int maxItemsPerUser;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Writes the figures to a new file that its owner alone can read (mode 0600): a page if the "
                    + "name ends in .html, JSON if it ends in .json, otherwise text (default: the terminal).")
    private @Nullable String output;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Mixin
    private ColumnOptions columns;

    @Override
    public Integer call() {
        if (output == null && System.console() == null) {
            throw new InputException("Cannot check: the figures are exact and for the operator alone, so they go to a"
                    + " terminal or to a file. Name a file with --output.");
        }
        if (output != null) {
            Arguments.requireNewFile(DOING, "--output", output);
        }
        Double least = minRating == null ? null : Arguments.finite(DOING, "--min-rating", minRating);
        Arguments.positive(DOING, "--max-items-per-user", maxItemsPerUser);
        double threshold = least == null ? Double.NEGATIVE_INFINITY : least;
        RowRules rules = new RowRules(threshold, maxItemsPerUser, HashRangeFile.find(ratings));
        RatingsSchema schema = RatingsSchema.of(columns.input(ratings));
        if (least != null && !schema.hasRatings()) {
            throw new InputException("Cannot check: --min-rating is given, and the data has no column '"
                    + columns.columns().rating() + "'. Name the column of ratings with --rating-column, or leave"
                    + " --min-rating out.");
        }
        Catalogue catalogue = items == null
                ? null
                : CatalogueReader.read(items, columns.columns().item());
        if (catalogue != null) {
            schema.requireFits(catalogue);
        }
        PrintWriter err = spec.commandLine().getErr();
        InputCounts counts = count(schema, catalogue, rules, err);
        print(new CheckReport(schema, rules, catalogue != null, counts), CheckJson.of(schema, counts));
        return 0;
    }

    private static InputCounts count(
            RatingsSchema schema, @Nullable Catalogue catalogue, RowRules rules, PrintWriter err) {
        try (SecuredSession secured = SecuredSession.start(DOING, err)) {
            Progress.onTerminal(err).accept("Counting");
            return InputCheck.of(secured.session(), schema, catalogue, rules);
        }
    }

    private void print(CheckReport report, String object) {
        PrintWriter out = spec.commandLine().getOut();
        if (output == null) {
            out.println(json ? object : report.text());
            return;
        }
        String text =
                output.endsWith(".html") ? report.page() : json || output.endsWith(".json") ? object : report.text();
        PrivateFile.write(Path.of(output), text + System.lineSeparator());
        out.println("What was counted is in " + output + ". It is for the operator alone and not for publication.");
    }
}
