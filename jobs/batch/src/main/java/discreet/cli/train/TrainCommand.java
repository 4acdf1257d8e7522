package discreet.cli.train;

import discreet.cli.shared.ColumnOptions;
import discreet.cli.shared.Json;
import discreet.cli.shared.LedgerOption;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.ledger.ReleaseId;
import discreet.model.ModelFiles;
import discreet.plan.TrainingPlan;
import discreet.plan.TrainingRequest;
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
 * Runs {@code discreet train}: checks the arguments before Spark starts, then hands over to {@link TrainJob}.
 */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Trains a private model on ratings and charges a population's budget for it.",
        description = {
            "",
            "The model holds released values and public parameters only: it may be published. Rows that are no use "
                    + "(missing or absurd values, items that are not known) are left out silently, whatever "
                    + "is wrong with them.",
            "A run that was stopped is taken up again with the same arguments and --release: what is sealed comes back "
                    + "as it was and costs nothing more.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  discreet train --ratings ratings.csv --items items.csv --min-rating 4 \\",
            "      --model model --population viewers --epsilon 1",
            "  discreet train --objective rating --rating-range 1,5 --ratings ratings.csv --items items.csv \\",
            "      --model model --population viewers --epsilon 5"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--ratings",
            paramLabel = "PATH",
            required = true,
            description = "CSV with a header or Parquet: a file, a folder or a glob. Columns user and item, optionally "
                    + "rating and timestamp.")
    private String ratings;

    @Option(
            names = "--items",
            paramLabel = "PATH",
            description = "The public catalogue, CSV or Parquet: column item, optionally title and genres (| between); "
                    + "any other column is kept. Without it item ids are found out privately: a tenth of delta pays, "
                    + "and rare items stay unseen.")
    private @Nullable String items;

    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            required = true,
            description = "Where the model goes: a folder that does not exist yet.")
    private Path model;

    @Option(
            names = "--population",
            paramLabel = "NAME",
            required = true,
            description = "Whose budget pays; opened once with discreet ledger open.")
    private String population;

    @Option(
            names = "--epsilon",
            paramLabel = "E",
            required = true,
            description = "What this training may cost at the population's delta, > 0.")
    private double epsilon;

    @Mixin
    private LedgerOption ledger;

    @Option(
            names = "--release",
            paramLabel = "ID",
            description = "Id of the training, to give or to take up again (default: a new one, printed).")
    private @Nullable String release;

    @Option(
            names = "--objective",
            paramLabel = "WHAT",
            defaultValue = "ranking",
            description = "What is learned: ranking (default), what people take to; or rating, how they will rate it.")
    private String objective;

    @Option(
            names = "--min-rating",
            paramLabel = "R",
            description =
                    "Only ratings of at least R count (default: every row counts). Not with --objective rating: low "
                            + "ratings are learned from, too.")
    private @Nullable Double minRating;

    @Option(
            names = "--rating-range",
            paramLabel = "LO,HI",
            split = ",",
            arity = "1",
            description = "The range of ratings, declared and never observed: --objective rating needs it, and ratings "
                    + "outside of it count as its nearer end. Ranking only checks --min-rating against it.")
    private double @Nullable [] ratingRange;

    @Option(
            names = "--expected-people",
            paramLabel = "N",
            description =
                    "About how many people there are, as far as the public knows: do not count the data. --objective"
                            + " rating "
                            + "divides its budget by the first digit of it (default: 10000). Wrong by a factor of"
                            + " four it costs "
                            + "little accuracy, and never privacy.")
    private @Nullable Long expectedPeople;

    @Option(
            names = "--max-items-per-user",
            paramLabel = "K",
            defaultValue = "500",
            description = "At most K items of a person count, the most recent (default: ${DEFAULT-VALUE}).")
    private int maxItemsPerUser;

    @Option(
            names = "--max-head",
            paramLabel = "N",
            defaultValue = "4096",
            description = "Tastes are learned over at most N items, the most popular (default: ${DEFAULT-VALUE}).")
    private int maxHead;

    @Option(
            names = "--content",
            description =
                    "Lets tastes lean towards the genres and decades in --items: better lists at epsilon 2 and below, "
                            + "no better above (default: off).")
    private boolean content;

    @Mixin
    private ColumnOptions columns;

    @Option(
            names = "--dry-run",
            description = "Prints what this would cost and stops: nothing is charged, the ratings are not opened. Exit"
                    + " code 3 "
                    + "if the budget would refuse it.")
    private boolean dryRun;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        TrainingRequest request = request();
        if (release != null) {
            ReleaseId.check(release);
        }
        ModelFiles.requireWritable(model);
        try (Ledger opened = ledger.open()) {
            Population paying = opened.population(population);
            TrainingPlan plan = request.plan(paying.cap().delta());
            if (dryRun) {
                print(new DryRun(paying, plan)
                        .quote(release, ratings, items, columns.columns().item()));
                return 0;
            }
            String id = release == null ? ReleaseId.fresh() : release;
            TrainingReport report = new TrainJob(request, ratings, columns.columns(), items, paying, id, model)
                    .run(spec.commandLine().getErr());
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? report.json() : report.text());
            return 0;
        }
    }

    private TrainingRequest request() {
        return TrainingRequest.builder()
                .objective(objective)
                .epsilon(epsilon)
                .minRating(minRating)
                .ratingRange(ratingRange)
                .expectedPeople(expectedPeople)
                .maxItemsPerUser(maxItemsPerUser)
                .maxHead(maxHead)
                .content(content)
                .itemsListed(items != null)
                .build();
    }

    private void print(QuoteReport report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(report.json().put("dryRun", true)));
        } else {
            out.println(report.text());
            out.println("A dry run: nothing was charged and no rating was read. For another number of people: discreet"
                    + " quote.");
        }
    }
}
