package discreet.cli.forecast;

import discreet.InputException;
import discreet.cli.shared.Arguments;
import discreet.cli.shared.ColumnOptions;
import discreet.cli.shared.LedgerOption;
import discreet.cli.shared.LedgerTrust;
import discreet.cli.shared.Progress;
import discreet.forecast.Curve;
import discreet.forecast.GramEnergy;
import discreet.forecast.ReleaseForecast;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.ledger.Released;
import discreet.model.ModelFiles;
import discreet.model.Provenance;
import discreet.model.RankingModel;
import discreet.noise.Threads;
import discreet.plan.VectorName;
import discreet.statement.PaidModel;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs {@code discreet forecast}, which predicts accuracy at other budgets and numbers of people. It starts
 * Spark for public ratings only. A forecast from a release has no access to any rating.
 */
@Command(
        name = "forecast",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Forecasts recall and NDCG at other budgets and numbers of people. Spends no budget.",
        description = {
            "",
            "With --public-data, it really trains on public ratings at each epsilon, against a "
                    + "ledger that is thrown away. With --from-release, it trains on people who are invented "
                    + "from a released model that is already paid for. That reads nobody's ratings and costs "
                    + "nothing. It goes up to the epsilon of the release, since what a larger budget would reveal is "
                    + "not in it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  discreet forecast --public-data --ratings ratings.csv --items items.csv --min-rating 4",
            "  discreet forecast --from-release --model model --population viewers --target-recall 0.3 --html"
                    + " forecast.html"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ForecastCommand implements Callable<Integer> {
    private static final String DOING = "forecast";

    /** Steps of a range within each power of ten. */
    private static final double[] STEPS = {1, 2, 5};

    @Spec
    private CommandSpec spec;

    @Option(names = "--public-data", description = "Forecasts from public ratings: --ratings and --items.")
    private boolean publicData;

    @Option(
            names = "--from-release",
            description = "Forecasts from a release that is paid for: --model and --population.")
    private boolean fromRelease;

    @Option(names = "--ratings", paramLabel = "PATH", description = "Public ratings: CSV or Parquet.")
    private @Nullable String ratings;

    @Option(names = "--items", paramLabel = "PATH", description = "Catalogue of the public ratings: CSV or Parquet.")
    private @Nullable String items;

    @Option(
            names = "--min-rating",
            paramLabel = "R",
            description = "Only ratings of at least R count (default: every row counts).")
    private @Nullable Double minRating;

    @Option(
            names = "--salt",
            paramLabel = "TEXT",
            defaultValue = "discreet",
            description = "Chooses which people in the public ratings are tested, as in split (default: "
                    + "${DEFAULT-VALUE}).")
    private String salt;

    @Option(names = "--model", paramLabel = "FOLDER", description = "The released model.")
    private @Nullable Path model;

    @Option(
            names = "--population",
            paramLabel = "NAME",
            description = "The population whose budget paid for the model.")
    private @Nullable String population;

    @Mixin
    private LedgerOption ledger;

    @Option(
            names = "--epsilon",
            paramLabel = "E,...",
            description = "Budgets: a list, or a range such as 0.5..20 in steps of 1, 2, 5 (default: 0.5..20; with "
                    + "--from-release from a tenth of the release's own epsilon to all of it, which is the most).")
    private @Nullable String epsilon;

    @Option(
            names = "--people",
            paramLabel = "N,...",
            split = ",",
            description = "Numbers of people who train (default: as many as there are).")
    private List<Integer> people = new ArrayList<>();

    @Option(
            names = "--draws",
            paramLabel = "N",
            defaultValue = "5",
            description = "Trainings at each epsilon (default: ${DEFAULT-VALUE}).")
    private int draws;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the invented people (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--target-recall",
            paramLabel = "R",
            description = "Names the smallest epsilon whose forecast of recall@20 is at least R.")
    private @Nullable Double target;

    @Mixin
    private ColumnOptions columns;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also writes one HTML page with the chart.")
    private @Nullable String html;

    @Override
    public Integer call() {
        List<Double> asked = epsilon == null ? List.of() : epsilons(epsilon);
        Arguments.positive(DOING, "--draws", draws);
        people.forEach(number -> Arguments.positive(DOING, "--people", number));
        if (target != null && !(target > 0 && target <= 1)) {
            throw new InputException("Cannot forecast: --target-recall must be > 0 and <= 1. Provided value: " + target
                    + ". Give another number.");
        }
        if (html != null) {
            Arguments.requireNewFile(DOING, "--html", html);
        }
        if (publicData == fromRelease) {
            throw new InputException(
                    "Cannot forecast: say where from. Give --public-data with --ratings and --items, or"
                            + " --from-release with --model and --population.");
        }
        PrintWriter err = spec.commandLine().getErr();
        ForecastReport report =
                publicData ? fromPublic(epsilon == null ? epsilons("0.5..20") : asked, err) : fromRelease(asked, err);
        if (html != null) {
            report.page().write(Path.of(html));
        }
        spec.commandLine().getOut().println(json ? report.json() : report.text());
        return 0;
    }

    private ForecastReport fromPublic(List<Double> epsilons, PrintWriter err) {
        refuse("--public-data", "--model", model);
        refuse("--public-data", "--population", population);
        double lowest =
                minRating == null ? Double.NEGATIVE_INFINITY : Arguments.finite(DOING, "--min-rating", minRating);
        return new ForecastJob(
                        columns.input(required("--public-data", "--ratings", ratings)),
                        required("--public-data", "--items", items),
                        lowest,
                        salt,
                        epsilons,
                        people,
                        draws,
                        target)
                .run(err);
    }

    /** @param asked the budgets, where an empty list means the usual ones */
    private ForecastReport fromRelease(List<Double> asked, PrintWriter err) {
        refuse("--from-release", "--ratings", ratings);
        refuse("--from-release", "--items", items);
        refuse("--from-release", "--min-rating", minRating);
        String paid = required("--from-release", "--population", population);
        RankingModel released = ModelFiles.readRanking(required("--from-release", "--model", model), "forecast");
        Provenance provenance = released.provenance();
        GramEnergy energy = requireSealed(released, paid);
        double own = provenance.epsilon();
        List<Curve> curves = new ReleaseForecast(
                        released,
                        energy,
                        asked.isEmpty() ? epsilons(digits(own / 10, 1) + ".." + digits(own, 5)) : asked,
                        people,
                        draws,
                        ReleaseForecast.DEFAULT_TEST_USERS,
                        seed,
                        Threads.count(),
                        Progress.onTerminal(err))
                .run();
        return new ForecastReport(
                ForecastSource.release(provenance.release(), paid, provenance.epsilon(), draws),
                provenance.budget(),
                curves,
                target);
    }

    private static String digits(double value, int digits) {
        return new BigDecimal(value).round(new MathContext(digits)).toString();
    }

    /** Returns what the sealed Gram matrix says about the energy, which the model does not keep. */
    private GramEnergy requireSealed(RankingModel released, String paid) {
        if (!released.provenance().population().equals(paid)) {
            throw new InputException("Cannot forecast: the model in " + model + " is of population '"
                    + released.provenance().population() + "', not of '" + paid
                    + "'. Name that one with --population.");
        }
        try (Ledger opened = ledger.open()) {
            Population payer = opened.population(paid);
            LedgerTrust.require("forecast", payer);
            if (!PaidModel.of(payer, released)) {
                throw new InputException("Cannot forecast: the model in " + model + " is not what release '"
                        + released.provenance().release() + "' of population '" + paid
                        + "' sealed. Give the folder that this release wrote.");
            }
            Released gram = payer.sealed(released.provenance().release(), VectorName.GRAM.text());
            return GramEnergy.of(
                    gram.values(),
                    gram.sigma(),
                    gram.context(),
                    released.catalogue().size());
        }
    }

    private static <T> T required(String mode, String option, @Nullable T value) {
        if (value == null) {
            throw new InputException("Cannot forecast: " + mode + " needs " + option + ". Give it.");
        }
        return value;
    }

    private static void refuse(String mode, String option, @Nullable Object value) {
        if (value != null) {
            throw new InputException("Cannot forecast: " + option + " does not go with " + mode
                    + (mode.equals("--from-release") ? ", which reads no ratings" : "") + ". Leave one of them out.");
        }
    }

    /** Returns the requested epsilons, ascending and distinct. */
    private static List<Double> epsilons(String list) {
        SortedSet<Double> all = new TreeSet<>();
        for (String part : list.split(",", -1)) {
            String[] ends = part.strip().split("\\.\\.", -1);
            double from = number(ends[0]);
            all.add(from);
            if (ends.length > 1) {
                double to = number(ends[ends.length - 1]);
                if (ends.length > 2 || from >= to) {
                    throw new InputException(
                            "Cannot forecast: a range of --epsilon has its smaller end first. Give it as in 0.5..20.");
                }
                for (int power = (int) Math.floor(Math.log10(from)); Math.pow(10, power) < to; power++) {
                    for (double step : STEPS) {
                        double between = Double.parseDouble(step + "e" + power);
                        if (between > from && between < to) {
                            all.add(between);
                        }
                    }
                }
                all.add(to);
            }
        }
        return List.copyOf(all);
    }

    private static double number(String text) {
        try {
            return Arguments.positiveFinite(DOING, "--epsilon", Double.parseDouble(text.strip()));
        } catch (NumberFormatException e) {
            throw new InputException("Cannot forecast: --epsilon has '" + text
                    + "', which is not a number. Give numbers as in 1,5,20 or 0.5..20.");
        }
    }
}
