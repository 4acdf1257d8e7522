package discreet.cli;

import discreet.cli.check.CheckCommand;
import discreet.cli.evaluate.EvaluateCommand;
import discreet.cli.evaluate.SplitCommand;
import discreet.cli.forecast.ForecastCommand;
import discreet.cli.ledger.LedgerCommand;
import discreet.cli.recommend.ExplainCommand;
import discreet.cli.recommend.PredictCommand;
import discreet.cli.recommend.RecommendCommand;
import discreet.cli.recommend.RelatedCommand;
import discreet.cli.sample.DemoCommand;
import discreet.cli.sample.SampleCommand;
import discreet.cli.shared.AddedCommand;
import discreet.cli.shared.CommandFailure;
import discreet.cli.shared.ProcessExit;
import discreet.cli.shared.Version;
import discreet.cli.statement.StatementCommand;
import discreet.cli.train.QuoteCommand;
import discreet.cli.train.TrainCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Runs the command line. Printed text, error lines and exit codes leave the operator's boundary, so none of
 * them may depend on a single user's rows. An error is one line on stderr. Its causes, which may carry
 * records, are never shown.
 *
 * <p>The exit code is 0 if the command did its work, 1 if it failed, 2 on bad usage or bad input and 3 if the
 * budget refused it.
 */
@Command(
        name = "discreet",
        mixinStandardHelpOptions = true,
        version = "discreet " + Version.NUMBER,
        header = "Recommendations that keep everybody's ratings private.",
        description = {
            "",
            "A training learns from many people and releases a model that says next to nothing about any one of them. "
                    + "What that costs is charged to a budget that never resets.",
            ""
        },
        footer = {
            "",
            "Begin with:",
            "  discreet ledger open --population viewers --epsilon 5 --delta 1e-5",
            "  discreet train --ratings ratings.csv --items items.csv --model model --population viewers --epsilon 1",
            "  discreet recommend --model model --histories ratings.csv --output lists --format csv",
            "",
            "Exit codes: 0 done, 1 failed, 2 bad usage or bad input, 3 refused by the budget."
        },
        commandListHeading = "%nCommands (each has --help):%n",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpWidth = 110,
        usageHelpAutoWidth = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class Discreet implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /**
     * Makes a command.
     *
     * @param usesSpark the launcher {@code ./discreet} names the commands without Spark as well, for which it
     *     starts Java with other options
     */
    private record Entry(Supplier<Callable<Integer>> make, boolean usesSpark) {
        static Entry withSpark(Supplier<Callable<Integer>> make) {
            return new Entry(make, true);
        }

        static Entry withoutSpark(Supplier<Callable<Integer>> make) {
            return new Entry(make, false);
        }
    }

    /** The commands by name, in the order in which help lists them. A new command gets its entry here. */
    private static final Map<String, Entry> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("demo", Entry.withSpark(DemoCommand::new));
        COMMANDS.put("ledger", Entry.withoutSpark(LedgerCommand::new));
        COMMANDS.put("quote", Entry.withoutSpark(QuoteCommand::new));
        COMMANDS.put("check", Entry.withSpark(CheckCommand::new));
        COMMANDS.put("train", Entry.withSpark(TrainCommand::new));
        COMMANDS.put("recommend", Entry.withSpark(RecommendCommand::new));
        COMMANDS.put("predict", Entry.withSpark(PredictCommand::new));
        COMMANDS.put("related", Entry.withoutSpark(RelatedCommand::new));
        COMMANDS.put("explain", Entry.withoutSpark(ExplainCommand::new));
        COMMANDS.put("statement", Entry.withoutSpark(StatementCommand::new));
        COMMANDS.put("split", Entry.withSpark(SplitCommand::new));
        COMMANDS.put("evaluate", Entry.withSpark(EvaluateCommand::new));
        COMMANDS.put("forecast", Entry.withSpark(ForecastCommand::new));
        COMMANDS.put("sample", Entry.withoutSpark(SampleCommand::new));
    }

    /** Returns the names of the commands in the order in which help lists them. */
    static Set<String> commands() {
        return Collections.unmodifiableSet(COMMANDS.keySet());
    }

    Discreet() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        silenceLibraries(arguments);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        ProcessExit exit = ProcessExit.guard(err);
        exit.with(run(new PrintWriter(System.out, true, StandardCharsets.UTF_8), err, arguments));
    }

    /** Runs a command and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = commandLine(arguments.length == 0 ? null : arguments[0]);
        line.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(110)
                .setParameterExceptionHandler(
                        (error, given) -> CommandFailure.usage(error).print(err))
                .setExecutionExceptionHandler(
                        (error, command, parsed) -> CommandFailure.of(error).print(err));
        try {
            return line.execute(arguments);
        } catch (Throwable e) {
            return CommandFailure.of(e).print(err);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** Returns all commands, those that other modules add included. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Discreet());
        COMMANDS.values().forEach(entry -> line.addSubcommand(entry.make().get()));
        for (AddedCommand added : ServiceLoader.load(AddedCommand.class)) {
            line.addSubcommand(added.command());
        }
        return line;
    }

    /** Returns one command if this is its name, and all otherwise. picocli takes its time to look at each. */
    static CommandLine commandLine(@Nullable String name) {
        Entry entry = name == null ? null : COMMANDS.get(name);
        return entry == null
                ? commandLine()
                : new CommandLine(new Discreet()).addSubcommand(entry.make().get());
    }

    @Override
    public Integer call() {
        throw CommandFailure.noCommand(spec);
    }

    /**
     * Turns off logging. Commands without Spark need none, and finding Log4j alone would take them a fifth of
     * a second. java.util.logging, which netlib and the Parquet library use, prints to stderr unless it is
     * reset.
     */
    private static void silenceLibraries(String[] arguments) {
        LogManager.getLogManager().reset();
        if (!usesSpark(arguments.length == 0 ? null : arguments[0])) {
            System.getProperties().putIfAbsent("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
            System.getProperties().putIfAbsent("slf4j.internal.verbosity", "ERROR");
        }
    }

    /** Returns whether a run with this first argument may use Spark. A command of another module may. */
    static boolean usesSpark(@Nullable String command) {
        Entry entry = command == null ? null : COMMANDS.get(command);
        return entry == null ? command != null && !command.startsWith("-") : entry.usesSpark();
    }
}
