package discreet.cli.ledger;

import discreet.InputException;
import discreet.cli.shared.Json;
import discreet.cli.shared.LedgerOption;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@code discreet ledger close}, which ends a population's budget. */
@Command(
        name = "close",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Ends a population's budget for good. What is released stays readable.",
        footer = {"", "Example:", "  discreet ledger close --population viewers --yes"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LedgerCloseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--population", paramLabel = "NAME", required = true, description = "The population to close.")
    private String population;

    @Option(names = "--yes", description = "Confirms that it is to be closed. This cannot be undone.")
    private boolean yes;

    @Mixin
    private LedgerOption ledger;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        try (Ledger opened = ledger.open()) {
            Population closing = opened.population(population);
            if (!yes) {
                throw new InputException("Cannot close population '" + population
                        + "': it cannot be opened again, and nothing can be trained on it any more."
                        + " Add --yes to close it.");
            }
            closing.close();
            PrintWriter out = spec.commandLine().getOut();
            out.println(
                    json
                            ? Json.text(LedgerShowCommand.json(closing.status()))
                            : "Closed population '" + population + "'. What is released stays readable.");
            return 0;
        }
    }
}
