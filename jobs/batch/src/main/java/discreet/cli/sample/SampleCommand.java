package discreet.cli.sample;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@code discreet sample}, which generates the ratings of an invented streaming service. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Generates the ratings of a streaming service that does not exist: ratings.parquet and items.csv.",
        footer = {"", "Example:", "  discreet sample --people 10000 --items 600 --seed 1 --output sample"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class SampleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--people",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Number of people, from 1 to 10,000,000 (default: ${DEFAULT-VALUE}).")
    private int people;

    @Option(
            names = "--items",
            paramLabel = "M",
            defaultValue = "600",
            description = "Number of titles, from 1 to 100,000 (default: ${DEFAULT-VALUE}).")
    private int items;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "The same seed gives the same rows (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            required = true,
            description = "Where the files go: a folder that does not exist yet.")
    private Path output;

    @Override
    public Integer call() {
        SampleService service = new SampleService(SampleService.Options.of(people, items, seed));
        SampleService.Written written;
        if (System.console() == null) {
            written = service.write(output);
        } else {
            try (ProgressBar bar = new ProgressBarBuilder()
                    .setTaskName("people")
                    .setInitialMax(people)
                    .build()) {
                IntConsumer progress = bar::stepTo;
                written = service.write(output, progress);
            }
        }
        spec.commandLine()
                .getOut()
                .printf(
                        "%,d ratings by %,d people of %,d titles, none of which exists: %s%n",
                        written.ratings(), written.people(), written.items(), written.folder());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
