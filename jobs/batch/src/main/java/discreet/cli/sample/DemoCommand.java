package discreet.cli.sample;

import discreet.InputException;
import discreet.cli.shared.Progress;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs {@code discreet demo}, which shows private recommendations and their cost on invented people. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        header = "Trains on the bundled sample at three prices and shows what each gives.",
        description = {
            "",
            "Shows three people's histories and lists, and how good lists are at each epsilon, "
                    + "between popularity and the ceiling without privacy. The people and titles are invented, "
                    + "and the ledger is thrown away.",
            ""
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path folder = bundled();
        for (String file : new String[] {Demo.RATINGS, Demo.ITEMS}) {
            if (!Files.isReadable(folder.resolve(file))) {
                throw new InputException("Cannot run the demo: " + folder.resolve(file)
                        + " cannot be read. Run ./discreet of the clone, or restore its data-samples.");
            }
        }
        PrintWriter err = spec.commandLine().getErr();
        new Demo(folder, spec.commandLine().getOut(), Progress.onTerminal(err)).run(err);
        return 0;
    }

    /**
     * Returns the folder of the bundled sample. The demo reads no other data because it prints histories,
     * which is harmless only for invented people.
     */
    private static Path bundled() {
        return Path.of(System.getProperty("discreet.home", ""), "data-samples");
    }
}
