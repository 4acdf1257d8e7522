package discreet.cli.train;

import discreet.catalogue.Catalogue;
import discreet.catalogue.CatalogueReader;
import discreet.cli.shared.ColumnOptions;
import discreet.cli.shared.DeltaRemark;
import discreet.cli.shared.Json;
import discreet.cli.shared.LedgerOption;
import discreet.history.HashRangeFile;
import discreet.history.RatingsInput;
import discreet.history.RatingsSchema;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.ledger.ReleaseId;
import discreet.model.ModelFiles;
import discreet.plan.Assumptions;
import discreet.plan.PeopleGuard;
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
            "The model holds released values and public parameters only, so it may be published. "
                    + "Rows that cannot be used are left out silently, such as rows with missing or absurd "
                    + "values or with unknown items.",
            "To resume a run that was stopped, give the same arguments and its --release. What is "
                    + "sealed comes back as it was and costs nothing more.",
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
            description = "The public catalogue, CSV or Parquet: column item, optionally title and genres (| "
                    + "between). Any other column is kept. Without it, private partition selection releases "
                    + "only the ids of items that enough people have. A tenth of delta pays for that, and rare "
                    + "items stay unseen.")
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
            description = "The population whose budget pays. Open it once with discreet ledger open.")
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
            description = "Id of the training: an id of your choice, or the id of a stopped run to resume (default: "
                    + "a new one, printed).")
    private @Nullable String release;

    @Option(
            names = "--objective",
            paramLabel = "WHAT",
            defaultValue = "ranking",
            description = "What is learned: ranking (default), which items people will like, or rating, how they "
                    + "will rate items.")
    private String objective;

    @Option(
            names = "--min-rating",
            paramLabel = "R",
            description = "Only ratings of at least R count (default: every row counts). Not with --objective "
                    + "rating, which learns from low ratings, too.")
    private @Nullable Double minRating;

    @Option(
            names = "--rating-range",
            paramLabel = "LO,HI",
            split = ",",
            arity = "1",
            description = "The lowest and the highest possible rating, declared and never observed. --objective "
                    + "rating needs them, and ratings outside count as the nearer end. A ranking only checks "
                    + "--min-rating against them.")
    private double @Nullable [] ratingRange;

    @Option(
            names = "--expected-people",
            paramLabel = "N",
            description = "About how many people there are, from public knowledge: do not count the data. "
                    + "--objective rating splits its budget by N, rounded down to one digit (default: "
                    + "10000). An N that is wrong by a factor of four costs little accuracy and no privacy.")
    private @Nullable Long expectedPeople;

    @Option(
            names = "--max-items-per-user",
            paramLabel = "K",
            defaultValue = "500",
            description = "At most the K most recent items of a person count (default: ${DEFAULT-VALUE}).")
    private int maxItemsPerUser;

    @Option(
            names = "--max-head",
            paramLabel = "N",
            defaultValue = "" + TrainingRequest.DEFAULT_MAX_HEAD,
            description = "Tastes are learned over at most the N most popular items (default: ${DEFAULT-VALUE}).")
    private int maxHead;

    @Option(
            names = "--at-least-people",
            paramLabel = "N",
            defaultValue = "" + PeopleGuard.DEFAULT_PEOPLE,
            description = "The training stops after its first hundredth, with exit code 1, unless the released number "
                    + "of people is above N and above three times its noise. What is left of the price is given back. "
                    + "0 always goes on (default: ${DEFAULT-VALUE}).")
    private long atLeastPeople;

    @Option(
            names = "--content",
            description = "Lets tastes lean towards the genres and decades in --items. Lists are better at epsilon "
                    + "2 and below and no better above (default: off).")
    private boolean content;

    @Mixin
    private ColumnOptions columns;

    @Option(
            names = "--dry-run",
            description = "Prints what was understood and what the training would cost, and stops. Nothing is charged, "
                    + "and of the ratings only the header or schema is read. The exit code is 3 if the "
                    + "budget would refuse it.")
    private boolean dryRun;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        if (release != null) {
            ReleaseId.check(release);
        }
        TrainingRequest request = request();
        ModelFiles.requireWritable(model);
        try (Ledger opened = ledger.open()) {
            Population paying = opened.population(population);
            RatingsInput input = columns.input(ratings);
            Catalogue catalogue = items == null
                    ? null
                    : CatalogueReader.read(items, input.columns().item());
            TrainingPlan plan = (catalogue == null ? request : request.over(catalogue)).plan(paying.cap());
            RatingsSchema found = schema(input, request, catalogue);
            String id = release == null ? ReleaseId.fresh() : release;
            PrintWriter err = spec.commandLine().getErr();
            err.println(new Preview(found, plan, catalogue, paying, paying.check(plan.reservation(id))).text());
            DeltaRemark.print(err, paying.cap().delta(), expectedPeople == null ? 0 : expectedPeople);
            err.flush();
            if (dryRun) {
                int size = catalogue == null ? Assumptions.DEFAULT.items() : catalogue.size();
                print(DryRun.quote(paying, plan, release, size));
                return 0;
            }
            TrainingReport report = new TrainJob(plan, found, catalogue, paying, id, model).run(err);
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? report.json() : report.text());
            return 0;
        }
    }

    /** Finds the columns, and refuses what they cannot be used for before anything is charged. */
    private static RatingsSchema schema(RatingsInput input, TrainingRequest request, @Nullable Catalogue catalogue) {
        RatingsSchema found = RatingsSchema.of(input);
        request.requireRatings(found.hasRatings(), input.columns());
        if (catalogue != null) {
            found.requireFits(catalogue);
        }
        return found;
    }

    /** Makes the request. Ratings that {@code discreet split} wrote narrow it to their hash range. */
    private TrainingRequest request() {
        return TrainingRequest.builder()
                .objective(objective)
                .epsilon(epsilon)
                .minRating(minRating)
                .ratingRange(ratingRange)
                .expectedPeople(expectedPeople)
                .maxItemsPerUser(maxItemsPerUser)
                .maxHead(maxHead)
                .atLeastPeople(atLeastPeople)
                .content(content)
                .itemsToBeListed(items != null)
                .users(HashRangeFile.find(ratings))
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
