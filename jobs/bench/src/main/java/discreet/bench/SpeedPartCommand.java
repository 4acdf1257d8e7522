package discreet.bench;

import discreet.bench.SpeedPart.Step;
import discreet.cli.shared.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs, as {@code discreet bench part}, one contender of {@link SpeedBench} in this process and prints its
 * measurements as JSON.
 */
@Command(
        name = "part",
        hidden = true,
        mixinStandardHelpOptions = true,
        header = "One contender of bench speed, which starts it.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SpeedPartCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "WHAT", description = "prepare, read, group, train, recommend or als.")
    private Step step;

    @Option(names = "--movielens")
    private @Nullable Path movieLens;

    @Option(names = "--ratings")
    private @Nullable String ratings;

    @Option(names = "--items")
    private @Nullable String items;

    @Option(names = "--model")
    private @Nullable Path model;

    @Option(names = "--output")
    private @Nullable Path output;

    @Option(names = "--epsilon")
    private double epsilon = 1;

    @Option(names = "--repeats")
    private int repeats = 1;

    @Option(names = "--k")
    private int k = 100;

    @Option(names = "--numbered")
    private boolean numbered;

    @Option(names = "--public-data")
    private boolean publicData;

    @Option(names = "--no-lists")
    private boolean withoutLists;

    @Override
    public Integer call() {
        SpeedCommand.requirePublic(publicData);
        PrintWriter err = spec.commandLine().getErr();
        SpeedPart part =
                new SpeedPart(movieLens, ratings, items, model, output, epsilon, repeats, k, numbered, !withoutLists);
        spec.commandLine().getOut().println(Json.text(part.run(step, err)));
        return 0;
    }
}
