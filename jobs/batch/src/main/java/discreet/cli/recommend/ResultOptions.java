package discreet.cli.recommend;

import discreet.InputException;
import discreet.cli.recommend.RecommendCommand.Format;
import discreet.cli.shared.Arguments;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Defines the options of files that are written for an operator beside, or about, lists and predictions. */
final class ResultOptions {
    @Option(
            names = "--neutral-ids",
            description = "Writes an apostrophe before each id that a spreadsheet would take for a formula, such as "
                    + "=HYPERLINK(...). With --format csv only (default: ids as they are).")
    private boolean neutralIds;

    @Option(
            names = "--diagnostics",
            paramLabel = "FILE",
            description = "Writes a new JSON file, readable by you alone, that counts the people whose history "
                    + "matches nothing. The counts are exact and not for publication.")
    private @Nullable String diagnostics;

    /** Refuses options that do not fit, before anything starts. */
    void check(String doing, Format format) {
        if (neutralIds && format != Format.CSV) {
            throw new InputException("Cannot " + doing + ": --neutral-ids is for files that a spreadsheet opens, and"
                    + " these are Parquet. Leave it out, or give --format csv.");
        }
        if ("-".equals(diagnostics)) {
            throw new InputException("Cannot " + doing + ": --diagnostics holds exact counts of private histories, and"
                    + " stdout may go anywhere. Name a file.");
        }
        if (diagnostics != null) {
            Arguments.requireNewFile(doing, "--diagnostics", diagnostics);
        }
    }

    /** Returns where results go. */
    ListOutput output(String folder, Format format) {
        return new ListOutput(folder, format, neutralIds, diagnostics == null ? null : Path.of(diagnostics));
    }
}
