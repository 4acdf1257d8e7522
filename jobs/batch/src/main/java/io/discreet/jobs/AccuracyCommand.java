package io.discreet.jobs;

import io.discreet.evaluate.HoldoutProtocol;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code discreet bench accuracy}: recall and NDCG at each epsilon on MovieLens 1M, over several hold-outs. */
@Command(
        name = "accuracy",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Recall@20 and NDCG@100 on MovieLens 1M at each epsilon, beside popularity and EASE.",
        description = {
            "",
            "Ratings of 4 and 5 count; 600 people a hold-out are tested, a fifth of their items are labels; 600 more are "
                    + "set aside, everybody else trains. Delta is 1e-5. Models are really trained, against a ledger that "
                    + "is thrown away.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  ./mvnw -q -N dependency:copy -Dartifact=com.github.ferortega:cf4j:1.1.0 -DoutputDirectory=target/movielens",
            "  discreet bench accuracy --movielens target/movielens/cf4j-1.1.0.jar"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AccuracyCommand implements Callable<Integer> {
    private static final String DOING = "measure accuracy";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--movielens",
            paramLabel = "FILE",
            required = true,
            description = "ratings.dat of MovieLens 1M, or an archive that has it.")
    private Path movieLens;

    @Option(
            names = "--epsilon",
            paramLabel = "E,...",
            split = ",",
            defaultValue = "1,5,20",
            description = "Budgets to train with (default: ${DEFAULT-VALUE}).")
    private List<Double> epsilons;

    @Option(
            names = "--holdouts",
            paramLabel = "N",
            defaultValue = "10",
            description = "Hold-outs to average over (default: ${DEFAULT-VALUE}).")
    private int holdouts;

    @Option(
            names = "--discover",
            description =
                    "Trains each budget a second time, without a list of items: labels that were not found out count "
                            + "as missed.")
    private boolean discover;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Arguments.positive(DOING, "--holdouts", holdouts);
        epsilons.forEach(epsilon -> Arguments.positiveFinite(DOING, "--epsilon", epsilon));
        HoldoutProtocol protocol = HoldoutProtocol.read(movieLens);
        PrintWriter err = spec.commandLine().getErr();
        AccuracyTable table =
                new AccuracyBench(protocol, epsilons, holdouts, discover, Progress.onTerminal(err)).run(err);
        spec.commandLine().getOut().println(json ? table.json() : table.text());
        return 0;
    }
}
