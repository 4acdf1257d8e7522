package discreet.cli.shared;

import java.util.concurrent.Callable;

/**
 * A command that another module adds to {@code discreet}, found by {@link java.util.ServiceLoader}: the benchmarks, which are
 * no part of the product's jar.
 */
public interface AddedCommand {
    /** Returns the command, annotated for picocli; the call gives the exit code. */
    Callable<Integer> command();
}
