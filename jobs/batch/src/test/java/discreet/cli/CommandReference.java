package discreet.cli;

import discreet.cli.shared.ColumnOptions;
import discreet.cli.shared.LedgerOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes docs/guide/commands.md from the commands and their options. The options of the ledger and of the
 * columns, which many commands share, have one section each, to which the commands refer.
 */
public final class CommandReference {
    private static final String INTRODUCTION = """
            # Commands

            `./discreet COMMAND --help` prints the same for one command. This page is generated from the program,
            and a test fails when the two differ.

            **Output.** Results go to stdout, and everything else goes to stderr. An error is one line that
            begins with `Cannot`. Where a command has `--json`, it prints its result as one JSON object.

            **Exit codes:** 0 done, 1 failed, 2 bad usage or bad input, 3 refused by the budget. There are no
            others, also if memory runs out, unless a signal ends the program (128 and its number).

            **Paths** of ratings, histories, items, lists and stores may be local or on a file system that
            Hadoop knows (`hdfs://`, `s3a://`). The model and a SQLite ledger are local.

            | Environment variable | What it sets |
            |---|---|
            | `DISCREET_LEDGER` | the ledger, where `--ledger` is left out |
            | `DISCREET_LEDGER_PASSWORD_FILE` | a file with the password for PostgreSQL; \
            else `PGPASSWORD`, else `~/.pgpass` |
            | `DISCREET_JAVA_OPTIONS` | options for Java: `-Xmx8g`; `-Ddiscreet.threads=4` \
            (threads for noise and eigenvectors); `-Ddiscreet.native.dir=FOLDER` (where /tmp is mounted `noexec`) |
            | `HADOOP_CONF_DIR` | a folder with `core-site.xml` and the like |
            | `JAVA_HOME` | the JDK to run on, 17 or 21 |
            """;

    /** Width of the page's prose, as in all documents. */
    private static final int COLUMNS = 110;

    /** Shared options, and the section that has them. */
    private static final Map<Class<?>, String> SHARED =
            Map.of(LedgerOption.class, "Ledger", ColumnOptions.class, "Columns");

    private final Map<String, List<OptionSpec>> shared = new LinkedHashMap<>();
    private final StringBuilder page = new StringBuilder();

    private CommandReference() {}

    /** Returns the page for the commands on the class path. */
    public static String markdown() {
        return new CommandReference().write(Discreet.commandLine());
    }

    private String write(CommandLine root) {
        List<CommandLine> commands = leaves(root).toList();
        page.append(INTRODUCTION).append("\n| Command | What it does |\n|---|---|\n");
        for (CommandLine command : commands) {
            page.append("| [`%s`](#%s) | %s |\n".formatted(name(command), anchor(command), header(command)));
        }
        commands.forEach(this::writeCommand);
        shared.forEach((section, options) -> {
            page.append("\n## ").append(section).append("\n\nThe same for every command that has them.\n\n");
            writeTable(options.stream().map(CommandReference::row).toList());
        });
        return page.toString();
    }

    /** Returns the commands without subcommands, in the order of help. */
    private static Stream<CommandLine> leaves(CommandLine command) {
        if (command.getCommandSpec().usageMessage().hidden()) {
            return Stream.of();
        }
        List<CommandLine> below =
                command.getSubcommands().values().stream().distinct().toList();
        return below.isEmpty() ? Stream.of(command) : below.stream().flatMap(CommandReference::leaves);
    }

    private void writeCommand(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        page.append("\n## %s\n\n%s\n".formatted(name(command), header(command)));
        String description = plain(spec.usageMessage().description());
        if (!description.isEmpty()) {
            page.append("\n").append(wrapped(description)).append("\n");
        }
        List<String> rows = rows(spec);
        if (!rows.isEmpty()) {
            page.append("\n");
            writeTable(rows);
        }
        String examples = Arrays.stream(spec.usageMessage().footer())
                .filter(line -> line.startsWith("  "))
                .map(line -> line.substring(2).replaceFirst("^discreet", "./discreet"))
                .collect(Collectors.joining("\n"))
                .replace("%%", "%");
        if (!examples.isEmpty()) {
            page.append("\n```sh\n").append(examples).append("\n```\n");
        }
    }

    private List<String> rows(CommandSpec spec) {
        List<String> rows = new ArrayList<>();
        List<OptionSpec> elsewhere = new ArrayList<>();
        List<String> references = new ArrayList<>();
        for (CommandSpec mixin : spec.mixins().values()) {
            Object options = mixin.userObject();
            String section = options == null ? null : SHARED.get(options.getClass());
            if (section != null) {
                shared.putIfAbsent(section, mixin.options());
                elsewhere.addAll(mixin.options());
                references.add("| %s | [%s](#%s) |"
                        .formatted(
                                mixin.options().stream()
                                        .map(option -> "`" + option.longestName() + "`")
                                        .collect(Collectors.joining(" ")),
                                section,
                                section.toLowerCase()));
            }
        }
        List<String> names = elsewhere.stream().map(OptionSpec::longestName).toList();
        for (OptionSpec option : spec.options()) {
            if (!option.usageHelp()
                    && !option.versionHelp()
                    && !option.hidden()
                    && !names.contains(option.longestName())) {
                rows.add(row(option));
            }
        }
        rows.addAll(references);
        return rows;
    }

    private static String row(OptionSpec option) {
        String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        String description = plain(option.description());
        return "| `%s%s` | %s%s |"
                .formatted(
                        option.longestName(),
                        label,
                        option.required() && option.group() == null ? "**Required.** " : "",
                        description
                                .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValueString()))
                                .replace("|", "\\|"));
    }

    private void writeTable(List<String> rows) {
        page.append("| Option | What it does |\n|---|---|\n");
        rows.forEach(row -> page.append(row).append("\n"));
    }

    private static String plain(String[] lines) {
        return Arrays.stream(lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "))
                .replace("%n", " ")
                .replace("%%", "%");
    }

    private static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String word : text.split(" ")) {
            boolean fits = column + 1 + word.length() <= COLUMNS;
            lines.append(column == 0 ? "" : fits ? " " : "\n").append(word);
            column = column > 0 && fits ? column + 1 + word.length() : word.length();
        }
        return lines.toString();
    }

    private static String header(CommandLine command) {
        return plain(command.getCommandSpec().usageMessage().header());
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName(" ").substring("discreet ".length());
    }

    private static String anchor(CommandLine command) {
        return name(command).replace(' ', '-');
    }
}
