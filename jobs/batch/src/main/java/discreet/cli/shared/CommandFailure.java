package discreet.cli.shared;

import discreet.BudgetException;
import discreet.DiscreetException;
import discreet.InputException;
import discreet.natives.NativeLibraryException;
import discreet.noise.NoiseException;
import discreet.statistics.SpectrumException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.SparkThrowable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Holds the result of a failed command, which is one line of text and an exit code. The engine's own errors
 * are written to be shown, in the words of {@link EngineMessages}. Of any other exception only the class name
 * is shown, because the message of a Spark exception may quote a row.
 */
public record CommandFailure(String line, int exitCode) {
    private static final int FAILED = 1;
    private static final int BAD_INPUT = 2;
    private static final int REFUSED = 3;
    private static final int MAX_CAUSES = 32;

    /**
     * Replaces control characters: in an argument or a file name they could start a second line or control a
     * terminal.
     */
    public CommandFailure {
        line = line.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?").strip();
    }

    /** Returns what a command that ends with this error prints and its exit code. */
    public static CommandFailure of(Throwable error) {
        DiscreetException known = known(error);
        if (known != null) {
            return new CommandFailure(EngineMessages.render(known), exitCode(known));
        }
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
            if (cause instanceof NativeLibraryException
                    || cause instanceof NoiseException
                    || cause instanceof SpectrumException) {
                return new CommandFailure(String.valueOf(cause.getMessage()), FAILED);
            }
        }
        return new CommandFailure("Cannot finish: " + reason(error), FAILED);
    }

    private static int exitCode(DiscreetException error) {
        if (error instanceof BudgetException) {
            return REFUSED;
        }
        return error instanceof InputException ? BAD_INPUT : FAILED;
    }

    /**
     * Finds an error of the engine among the causes, such as one that a task threw. Returns null if there is
     * none. Its message states the fault alone. {@link ChargedFailure} adds what was charged.
     *
     * <p>A file that Spark finds damaged while it reads is recognised by the name of Spark's error condition.
     * Showing this reveals nothing about rows, because no row of an intact file leads to it.
     */
    public static @Nullable DiscreetException known(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
            if (cause instanceof DiscreetException known) {
                return known;
            }
            if (cause instanceof SparkThrowable spark
                    && !isOutOfMemory(error)
                    && String.valueOf(spark.getCondition()).startsWith("FAILED_READ_FILE")) {
                return new InputException(
                        "Cannot read the input: a file is damaged behind its header. Restore the file, or write it"
                                + " again.");
            }
        }
        return null;
    }

    /** Says why a command failed, from the class of the exception alone, and what to do. */
    public static String reason(Throwable error) {
        if (isOutOfMemory(error)) {
            return "Java's memory is used up. Give it more, such as DISCREET_JAVA_OPTIONS=-Xmx8g, or on a cluster"
                    + " --driver-memory and --executor-memory.";
        }
        String name = error.getClass().getSimpleName();
        return isSpark(error)
                ? "Spark failed in the middle (" + name + "). Check disk space and memory, and run it again."
                : "something failed that should not (" + name + "). Please report this with the command you ran.";
    }

    private static boolean isOutOfMemory(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
            // An error in a task comes back as text only. The text is searched here and never shown.
            String text = String.valueOf(cause.getMessage());
            if (cause instanceof OutOfMemoryError
                    || text.contains("java.lang.OutOfMemoryError")
                    || text.contains("bytes in the vectorized reader")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSpark(Throwable error) {
        return error.getClass().getName().startsWith("org.apache.spark.");
    }

    /** Words an error that picocli found in the arguments. */
    public static CommandFailure usage(ParameterException error) {
        CommandSpec command = error.getCommandLine().getCommandSpec();
        // A misspelt option is missing as well. The error to report is the spelling.
        List<String> unmatched = error.getCommandLine().getUnmatchedArguments();
        String why = unmatched.isEmpty()
                ? why(error)
                : unmatched(new UnmatchedArgumentException(error.getCommandLine(), unmatched), command);
        return new CommandFailure("Cannot run " + command.qualifiedName() + ": " + why + seeHelp(command), BAD_INPUT);
    }

    /** Returns the error of a command group that was called without one of its commands. */
    public static InputException noCommand(CommandSpec command) {
        return new InputException("Cannot run " + command.qualifiedName() + ": it needs a command, one of "
                + names(command) + "." + seeHelp(command));
    }

    private static String why(ParameterException error) {
        String message = String.valueOf(error.getMessage()).strip();
        String lower = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
        return lower.endsWith(".") ? lower : lower + ".";
    }

    private static String unmatched(UnmatchedArgumentException error, CommandSpec command) {
        String argument =
                error.getUnmatched().isEmpty() ? "" : error.getUnmatched().get(0);
        boolean option = argument.startsWith("-");
        boolean parent = !option && !command.subcommands().isEmpty();
        List<String> suggestions = parent || option ? error.getSuggestions() : List.of();
        return (option ? "unknown option '" : parent ? "unknown command '" : "unexpected argument '")
                + argument
                + "'."
                + (suggestions.isEmpty() ? "" : " Did you mean " + suggestions.get(0) + "?");
    }

    private static String names(CommandSpec command) {
        return command.subcommands().keySet().stream().collect(Collectors.joining(", "));
    }

    private static String seeHelp(CommandSpec command) {
        return " See " + command.qualifiedName() + " --help.";
    }

    /** Prints the line and returns the exit code. */
    public int print(@Nullable PrintWriter err) {
        if (err != null) {
            err.println(line);
            err.flush();
        }
        return exitCode;
    }
}
