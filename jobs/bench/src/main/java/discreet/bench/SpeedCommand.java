package discreet.bench;

import discreet.InputException;
import discreet.cli.shared.Arguments;
import discreet.cli.shared.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures, as {@code discreet bench speed}, the time and memory of training and of making lists, beside
 * MLlib's ALS and Spark's own reading.
 */
@Command(
        name = "speed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Times training and lists for everybody, phase by phase, beside MLlib's ALS and beside Spark's"
                + " own reading.",
        description = {
            "",
            "Every contender runs in a process of its own with the same settings of Java and Spark, Spark started"
                    + " before its clock; its peak memory is that of the whole process. Medians are of runs in one"
                    + " process, of which the first is cold; it is shown, too. Ratings must be public: trainings"
                    + " are charged to a ledger that is thrown away, and exact counts are printed. ALS (implicit,"
                    + " rank 64, 10 iterations) runs once, cold, and reads ids that were made numbers outside its"
                    + " clock; like everybody it has its shuffles encrypted. It is not private, and lists what"
                    + " people have seen.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  discreet sample --people 138000 --items 27000 --output large",
            "  discreet bench speed --public-data --ratings large/ratings.parquet --items large/items.csv --svg"
                    + " speed.svg"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SpeedCommand implements Callable<Integer> {
    static final String DOING = "measure speed";

    @Spec
    private CommandSpec spec;

    /** Selects either MovieLens or another data set. */
    static final class Source {
        @Option(
                names = "--movielens",
                paramLabel = "FILE",
                required = true,
                description = "ratings.dat of MovieLens 1M, or an archive that has it.")
        private @Nullable Path movieLens;

        @ArgGroup(exclusive = false)
        private @Nullable DataSet files;

        SpeedBench.Data data() {
            if (files == null) {
                return new SpeedBench.Data(movieLens, null, null);
            }
            requirePublic(files.publicData);
            return new SpeedBench.Data(null, files.ratings, files.items);
        }
    }

    /** Describes a data set in files. */
    static final class DataSet {
        @Option(
                names = "--ratings",
                paramLabel = "PATH",
                required = true,
                description = "Public ratings, Parquet or CSV.")
        private String ratings;

        @Option(names = "--items", paramLabel = "PATH", required = true, description = "Their catalogue.")
        private String items;

        @Option(names = "--public-data", description = "These ratings are public: exact counts may be shown.")
        private boolean publicData;
    }

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(
            names = "--epsilon",
            paramLabel = "E,...",
            split = ",",
            defaultValue = "1,5",
            description = "Budgets to train with; lists are made from the first (default: ${DEFAULT-VALUE}).")
    private List<Double> epsilons;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "3",
            description = "Runs of everything but ALS, of which the median is shown (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Option(
            names = "--k",
            paramLabel = "N",
            defaultValue = "100",
            description = "Items a list (default: ${DEFAULT-VALUE}).")
    private int k;

    @Option(names = "--no-als", description = "Leaves ALS out: it takes ten minutes at 20 million ratings.")
    private boolean withoutAls;

    @Option(names = "--no-lists", description = "Leaves lists out.")
    private boolean withoutLists;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draws the times into this file as well.")
    private @Nullable String svg;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Arguments.positive(DOING, "--repeats", repeats);
        Arguments.positive(DOING, "--k", k);
        if (epsilons.isEmpty()) {
            throw new InputException("Cannot " + DOING + ": --epsilon is empty. Give a budget, as in --epsilon 1,5.");
        }
        epsilons.forEach(epsilon -> Arguments.positiveFinite(DOING, "--epsilon", epsilon));
        if (svg != null) {
            Arguments.requireNewFile(DOING, "--svg", svg);
        }
        PrintWriter err = spec.commandLine().getErr();
        SpeedTable table = new SpeedBench(
                        source.data(), epsilons, repeats, k, !withoutLists, !withoutAls, Progress.onTerminal(err))
                .run();
        if (svg != null) {
            write(Path.of(svg), table.svg());
        }
        spec.commandLine().getOut().println(json ? table.json() : table.text());
        return 0;
    }

    /**
     * Refuses private ratings. The command prints exact counts and makes a model without charging a budget.
     */
    static void requirePublic(boolean publicData) {
        if (!publicData) {
            throw new InputException(
                    "Cannot " + DOING + ": this trains on ratings and shows exact counts of them, which on private"
                            + " data would be a release that nobody paid for. If they are public, add --public-data.");
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
