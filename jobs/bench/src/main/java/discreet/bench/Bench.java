package discreet.bench;

import discreet.cli.shared.AddedCommand;
import java.util.concurrent.Callable;

/** Adds {@code bench} to the command line if this module is on the class path. */
public final class Bench implements AddedCommand {
    @Override
    public Callable<Integer> command() {
        return new BenchCommand();
    }
}
