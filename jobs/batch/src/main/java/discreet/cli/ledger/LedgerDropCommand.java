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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs {@code discreet ledger drop}, which removes the sealed files of a release and records it. */
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Removes the sealed files of a release and records that it was on purpose.",
        description = {
            "",
            "What the release cost stays charged. Its models can still be used, and a training that was stopped can "
                    + "no longer be resumed. Sealed files that are removed in another way stop every charge until they "
                    + "are back, because a store that lacks files may belong to another ledger.",
            ""
        },
        footer = {"", "Example:", "  discreet ledger drop 20261124-103312-9c41d07be2a5 --population viewers --yes"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LedgerDropCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RELEASE", description = "Id of the release.")
    private String release;

    @Option(names = "--population", paramLabel = "NAME", required = true, description = "The population it belongs to.")
    private String population;

    @Option(names = "--yes", description = "Confirms that the files are to be removed. This cannot be undone.")
    private boolean yes;

    @Mixin
    private LedgerOption ledger;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        try (Ledger opened = ledger.open()) {
            Population owner = opened.population(population);
            if (!yes) {
                throw new InputException("Cannot drop release '" + release + "' of population '" + population
                        + "': its sealed files are never drawn again. Add --yes to remove them.");
            }
            int files = owner.drop(release);
            PrintWriter out = spec.commandLine().getOut();
            out.println(
                    json
                            ? Json.text(Json.object()
                                    .put("population", population)
                                    .put("release", release)
                                    .put("filesRemoved", files))
                            : "Removed " + files + " sealed files of release " + release + " of population '"
                                    + population + "'. What it cost stays charged.");
            return 0;
        }
    }
}
