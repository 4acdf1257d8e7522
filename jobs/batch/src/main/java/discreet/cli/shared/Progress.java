package discreet.cli.shared;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;

/** Prints each step to stderr when it begins, if the command runs at a terminal. */
public final class Progress implements Consumer<String> {
    private final PrintWriter err;
    private final Instant start = Instant.now();

    private Progress(PrintWriter err) {
        this.err = err;
    }

    /** Returns a consumer of steps that prints them, or that ignores them if there is no terminal. */
    public static Consumer<String> onTerminal(PrintWriter err) {
        return System.console() == null ? step -> {} : new Progress(err);
    }

    @Override
    public void accept(String step) {
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        err.printf(Locale.ROOT, "%6.1f s  %s ...%n", seconds, step);
        err.flush();
    }
}
