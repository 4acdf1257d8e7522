package discreet.cli.recommend;

import discreet.catalogue.AvailableItems;
import discreet.cli.recommend.RecommendCommand.Format;
import discreet.cli.shared.Arguments;
import discreet.cli.shared.ColumnOptions;
import discreet.cli.shared.CurrentCatalogue;
import discreet.cli.shared.ModelRemarks;
import discreet.history.RatingsInput;
import discreet.model.ModelFiles;
import discreet.model.RatingModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs {@code discreet predict}. Checks the arguments before Spark starts, then hands over to
 * {@link PredictJob}.
 */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Predicts how people would rate items.",
        description = {
            "",
            "A prediction comes from a model of --objective rating and from the person's own "
                    + "ratings, so it costs no budget. Columns: user, item and prediction, which is always "
                    + "inside the declared range. People without a history get the item's average. For an item "
                    + "without ratings that is the average of its genres and decade, or the mean of all "
                    + "ratings if it has neither. A prediction is meant for its person and nobody else.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  discreet predict --model model --histories ratings.csv --pairs pairs.csv --output "
                    + "predictions --format csv"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class PredictCommand implements Callable<Integer> {
    private static final String DOING = "predict";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            required = true,
            description = "The folder that discreet train --objective rating wrote.")
    private Path model;

    @Option(
            names = "--histories",
            paramLabel = "PATH",
            required = true,
            description = "The people's own ratings: CSV with a header or Parquet.")
    private String histories;

    @Option(
            names = "--pairs",
            paramLabel = "PATH",
            required = true,
            description = "What to predict (columns user and item): CSV with a header or Parquet.")
    private String pairs;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            required = true,
            description = "Where predictions go: a folder that does not exist yet.")
    private String output;

    @Mixin
    private CurrentCatalogue currentCatalogue;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "parquet",
            description = "parquet (default), or csv: one file with a header inside the folder.")
    private Format format;

    @Mixin
    private ResultOptions results;

    @Mixin
    private ColumnOptions columns;

    @Override
    public Integer call() {
        results.check(DOING, format);
        Arguments.requireAbsent(DOING, output);
        RatingModel trained = ModelFiles.readRating(model, DOING);
        RatingsInput known = columns.input(histories);
        PrintWriter err = spec.commandLine().getErr();
        AvailableItems availableItems = currentCatalogue.availableItems(
                trained.catalogue(), known.columns().item());
        new PredictJob(trained.over(availableItems.catalogue()), known, pairs, results.output(output, format)).run(err);
        ModelRemarks.print(trained, err);
        spec.commandLine().getOut().println("Predictions are in " + output + ".");
        return 0;
    }
}
