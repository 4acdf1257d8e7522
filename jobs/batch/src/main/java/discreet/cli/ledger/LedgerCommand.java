package discreet.cli.ledger;

import discreet.cli.shared.CommandFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Groups the commands of {@code discreet ledger}, which manage the budgets of populations without Spark. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "Budgets of populations: open, show, verify, drop, close.",
        description = {
            "",
            "A population is a set of people whose privacy losses are counted together. You name it once. "
                    + "Every training on its data is charged to its budget, which has a cap and never resets.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Example:",
            "  discreet ledger open --population viewers --epsilon 5 --delta 1e-5",
            "  discreet ledger show"
        },
        subcommands = {
            LedgerOpenCommand.class,
            LedgerShowCommand.class,
            LedgerVerifyCommand.class,
            LedgerDropCommand.class,
            LedgerCloseCommand.class
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class LedgerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw CommandFailure.noCommand(spec);
    }
}
