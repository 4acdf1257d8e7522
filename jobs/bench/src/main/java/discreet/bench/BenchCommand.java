package discreet.bench;

import discreet.cli.shared.CommandFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Repeats, as {@code discreet bench}, the project's published measurements on public data. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        header = "Measures what the documents claim, on public data.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AccuracyCommand.class,
            RatingsCommand.class,
            BenchForecastCommand.class,
            SpeedCommand.class,
            SpeedPartCommand.class
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw CommandFailure.noCommand(spec);
    }
}
