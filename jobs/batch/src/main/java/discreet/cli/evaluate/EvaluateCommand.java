package discreet.cli.evaluate;

import discreet.InputException;
import discreet.RunException;
import discreet.catalogue.ListRules;
import discreet.cli.shared.Arguments;
import discreet.cli.shared.ColumnOptions;
import discreet.cli.shared.LedgerOption;
import discreet.cli.shared.ListOptions;
import discreet.cli.shared.ModelRemarks;
import discreet.evaluate.baselines.Ease;
import discreet.history.RatingsInput;
import discreet.ledger.Ledger;
import discreet.ledger.ReleaseId;
import discreet.model.ModelFiles;
import discreet.model.ReleasedModel;
import discreet.plan.PeopleGuard;
import discreet.privacy.Budget;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@code discreet evaluate}. Checks the arguments before Spark starts, then hands over to a job. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Measures recall, NDCG and coverage of lists, or RMSE and MAE of ratings, on people with "
                + "hidden items.",
        description = {
            "",
            "Recall@k divides by the smaller of k and the number of hidden items. With --public-data "
                    + "the figures are exact. On private data a metric is a release like any other. Give "
                    + "--population and --epsilon, and recall and NDCG come with noise that the budget pays "
                    + "for, each with an interval for the exact value. If histories and holdout come from "
                    + "discreet split, only the people set apart are charged, and they pay nothing for a model "
                    + "that was trained on the other part. With one of " + ListOptions.NAMES + " the lists "
                    + "that follow it are measured, and on public data also the lists that do not. Hidden "
                    + "items that a list may not have count as hidden all the same.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  discreet evaluate --model model --histories parts/histories --holdout parts/holdout \\",
            "      --population viewers --epsilon 1",
            "  discreet evaluate --model model --histories parts/histories --holdout parts/holdout --public-data \\",
            "      --peer-training parts/train"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class EvaluateCommand implements Callable<Integer> {
    private static final String DOING = "evaluate";
    private static final int[] DEFAULT_CUTOFFS = {20, 100};

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
            description = "What is known of the people to test on.")
    private String histories;

    @Option(
            names = "--holdout",
            paramLabel = "PATH",
            required = true,
            description = "What is hidden of the same people.")
    private String holdout;

    @Option(
            names = "--public-data",
            description = "Declares that these people's ratings are public, so exact figures may be shown.")
    private boolean publicData;

    @Option(
            names = "--population",
            paramLabel = "NAME",
            description = "The population whose budget pays, if these people's ratings are private.")
    private @Nullable String population;

    @Option(
            names = "--epsilon",
            paramLabel = "E",
            description = "What this evaluation may cost at the population's delta, > 0.")
    private @Nullable Double epsilon;

    @Mixin
    private LedgerOption ledger;

    @Option(
            names = "--release",
            paramLabel = "ID",
            description = "Id of a charged evaluation: an id of your choice, or the id of a stopped run to resume "
                    + "(default: a new one, printed).")
    private @Nullable String release;

    @Option(
            names = "--at-least-people",
            paramLabel = "N",
            description = "A charged evaluation stops after its first hundredth, with exit code 1, unless the released "
                    + "number of people with both a known and a hidden item is above N and above three times its "
                    + "noise. What is left of the price is given back. 0 always goes on (default: "
                    + PeopleGuard.DEFAULT_PEOPLE + ").")
    private @Nullable Long atLeastPeople;

    @Option(
            names = "--k",
            paramLabel = "K,...",
            split = ",",
            description = "Lengths of the measured lists. Not with a model of ratings (default: 20,100).")
    private int @Nullable [] cutoffs;

    @Option(
            names = "--peer-training",
            paramLabel = "PATH",
            description = "Compares with the baselines popularity and EASE, which are not private, trained on "
                    + "these public ratings. EASE is for at most "
                    + Ease.MAX_ITEMS
                    + " items.")
    private @Nullable String peerTraining;

    @Option(
            names = "--min-rating",
            paramLabel = "R",
            description = "Only ratings of at least R count. Not with a model of ratings (default: as the model "
                    + "was trained).")
    private @Nullable Double minRating;

    @Option(
            names = "--dry-run",
            description = "Prints what a charged evaluation would cost and stops. Nothing is charged and the ratings "
                    + "are not opened. The exit code is 3 if the budget would refuse it.")
    private boolean dryRun;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also writes the figures to this file. With - they go to stdout instead of the table.")
    private @Nullable String json;

    @Mixin
    private ListOptions lists;

    @Mixin
    private ColumnOptions columns;

    @Override
    public Integer call() {
        checkPayment();
        int[] cuts = cutoffs == null ? DEFAULT_CUTOFFS : cutoffs;
        for (int k : cuts) {
            Arguments.positive(DOING, "--k", k);
        }
        Double least = minRating == null ? null : Arguments.finite(DOING, "--min-rating", minRating);
        if (json != null && !json.equals("-")) {
            Arguments.requireNewFile(DOING, "--json", json);
        }
        lists.check(DOING);
        RatingsInput known = columns.input(histories);
        ReleasedModel trained = ModelFiles.read(model);
        if (trained.historyForm().hasRatings()) {
            refuseListOptions();
        }
        ListOptions.Choice choice =
                lists.choice(trained.catalogue(), known.columns().item());
        ReleasedModel released = trained.over(choice.catalogue());
        int deepest = Arrays.stream(cuts).max().orElse(1);
        double threshold = Arguments.threshold(DOING, least, released);
        int[] distinct = Arrays.stream(cuts).sorted().distinct().toArray();
        PrintWriter err = spec.commandLine().getErr();
        if (population != null && epsilon != null) {
            ModelRemarks.print(trained, err); // before it is charged
            print(charged(released, choice.rules(deepest), known, threshold, distinct, population, epsilon, err));
            return 0;
        }
        RankingEvaluateJob.Compared compared = new RankingEvaluateJob.Compared(
                choice.plainRules(deepest), lists.narrows() ? choice.rules(deepest) : null, lists.inWords());
        EvaluationReport report = released.match(
                ranking -> new RankingEvaluateJob(
                                ranking,
                                known,
                                known.at(holdout),
                                peerTraining == null ? null : known.at(peerTraining),
                                threshold,
                                distinct,
                                compared)
                        .run(err),
                rating -> new RatingEvaluateJob(rating, known, known.at(holdout), threshold).run(err));
        ModelRemarks.print(trained, err);
        print(report);
        return 0;
    }

    private void refuseListOptions() {
        if (lists.any() || peerTraining != null || cutoffs != null) {
            throw new InputException("Cannot evaluate: the model predicts ratings, and --k, " + ListOptions.NAMES
                    + " and --peer-training are about lists. Leave them out.");
        }
    }

    private void checkPayment() {
        boolean charged = population != null || epsilon != null || release != null || atLeastPeople != null || dryRun;
        if (publicData && charged) {
            throw new InputException(
                    "Cannot evaluate: --public-data is free and exact, --population is private and charged."
                            + " Give one of them.");
        }
        if (!publicData && (population == null || epsilon == null)) {
            throw new InputException(
                    "Cannot evaluate: exact figures over private people would be a release that nobody "
                            + "paid for. Give --population and --epsilon; or, if these people's ratings are public, "
                            + "--public-data.");
        }
        if (charged && peerTraining != null) {
            throw new InputException(
                    "Cannot evaluate: --peer-training trains models that are not private, so it is for public"
                            + " data only. Leave it out, or give --public-data.");
        }
        if (epsilon != null) {
            requirePrice(epsilon);
        }
        guard();
        if (release != null) {
            ReleaseId.check(release);
        }
    }

    private static void requirePrice(double epsilon) {
        try {
            Budget.requireEpsilon(epsilon);
        } catch (InputException e) {
            throw e.during(DOING);
        }
    }

    private PeopleGuard guard() {
        try {
            return atLeastPeople == null ? PeopleGuard.DEFAULT : new PeopleGuard(atLeastPeople);
        } catch (InputException e) {
            throw e.during(DOING);
        }
    }

    private EvaluationReport charged(
            ReleasedModel released,
            ListRules rules,
            RatingsInput known,
            double threshold,
            int[] distinct,
            String payer,
            double price,
            PrintWriter err) {
        String id = release == null ? ReleaseId.fresh() : release;
        try (Ledger opened = ledger.open()) {
            PrivateEvaluationJob job = new PrivateEvaluationJob(
                    released, rules, known, known.at(holdout), threshold, distinct, opened, payer, price, guard(), id);
            return dryRun ? job.quote() : new PrivateEvaluationReport(payer, id, job.run(err));
        }
    }

    private void print(EvaluationReport report) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("-".equals(json) ? report.json() : report.text());
        out.flush();
        if (json != null && !json.equals("-")) {
            save(report.json(), json);
        }
    }

    private static void save(String object, String file) {
        try {
            Files.writeString(Path.of(file), object + "\n");
        } catch (IOException e) {
            throw new RunException("Cannot write the figures to " + file
                    + ": the file system refused. Check the folder and its permissions.");
        }
    }
}
