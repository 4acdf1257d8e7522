package discreet.cli.recommend;

import discreet.cli.shared.Arguments;
import discreet.cli.shared.ColumnOptions;
import discreet.cli.shared.ListOptions;
import discreet.cli.shared.ModelRemarks;
import discreet.history.RatingsInput;
import discreet.model.ModelFiles;
import discreet.model.ReleasedModel;
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
 * Runs {@code discreet recommend}. Checks the arguments before Spark starts, then hands over to
 * {@link RecommendJob}.
 */
@Command(
        name = "recommend",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Writes a list of items for everybody in a file of histories.",
        description = {
            "",
            "A list comes from the released model and from the person's own rows, so it costs no "
                    + "budget. It leaves out every item that the person has a row of, whatever its rating, "
                    + "and --min-rating says what is learned from. Columns: user, item, rank (from 1), score and "
                    + "source: model; popular where the history says nothing; or tags in a place that "
                    + "--diversify keeps. Scores never rise down a list. With a model of --objective rating, lists are "
                    + "ordered by predicted rating, which is the score. A list is meant for its person and "
                    + "nobody else. A run that was stopped goes on where it was if it is started again with "
                    + "the same files and options. A place from tags has the score of the place above.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  discreet recommend --model model --histories ratings.csv --output lists --k 20 --format csv"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class RecommendCommand implements Callable<Integer> {
    private static final String DOING = "recommend";

    /** Names the file format of lists and predictions. */
    public enum Format {
        PARQUET,
        CSV;

        @Override
        public String toString() {
            return this == PARQUET ? "parquet" : "csv";
        }
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            required = true,
            description = "The folder that discreet train wrote.")
    private Path model;

    @Option(
            names = "--histories",
            paramLabel = "PATH",
            required = true,
            description = "Ratings of the people to recommend to: CSV with a header or Parquet.")
    private String histories;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            required = true,
            description = "Where lists go: a folder that does not exist yet.")
    private String output;

    @Option(
            names = "--people",
            paramLabel = "PATH",
            description = "Lists for exactly the people named here (column user). People without a history get the "
                    + "popular items (default: everybody in --histories).")
    private @Nullable String people;

    @Option(
            names = "--k",
            paramLabel = "N",
            defaultValue = "100",
            description = "Number of items in a list (default: ${DEFAULT-VALUE}).")
    private int k;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "parquet",
            description = "parquet (default), or csv: one file with a header inside the folder.")
    private Format format;

    @Option(
            names = "--min-rating",
            paramLabel = "R",
            description = "Only ratings of at least R count as history. Not with a model of ratings (default: as "
                    + "the model was trained).")
    private @Nullable Double minRating;

    @Option(
            names = "--parts",
            paramLabel = "N",
            description = "Makes lists in N parts, which are as many tasks and as many Parquet files. A run that "
                    + "is started again after a kill skips finished parts (default: by the size of "
                    + "--histories).")
    private @Nullable Integer parts;

    @Mixin
    private ResultOptions results;

    @Mixin
    private ListOptions lists;

    @Mixin
    private ColumnOptions columns;

    @Override
    public Integer call() {
        Arguments.positive(DOING, "--k", k);
        if (parts != null) {
            Arguments.positive(DOING, "--parts", parts);
        }
        Double threshold = minRating == null ? null : Arguments.finite(DOING, "--min-rating", minRating);
        lists.check(DOING);
        results.check(DOING, format);
        Arguments.requireAbsent(DOING, output);
        ReleasedModel released = ModelFiles.read(model);
        RatingsInput known = columns.input(histories);
        PrintWriter err = spec.commandLine().getErr();
        ListOptions.Choice choice =
                lists.choice(released.catalogue(), known.columns().item());
        new RecommendJob(
                        released.over(choice.catalogue()),
                        known,
                        Arguments.threshold(DOING, threshold, released),
                        people,
                        choice.rules(k),
                        results.output(output, format),
                        parts)
                .run(err);
        ModelRemarks.print(released, err);
        spec.commandLine().getOut().println("Lists of " + k + " are in " + output + ".");
        return 0;
    }
}
