package discreet.cli.shared;

import java.util.concurrent.Callable;

/**
 * Adds a command of another module to {@code discreet}. {@link java.util.ServiceLoader} finds it. The
 * benchmarks are added this way, because they are no part of the product's jar.
 */
public interface AddedCommand {
    /** Returns the command, annotated for picocli. Its call returns the exit code. */
    Callable<Integer> command();
}
