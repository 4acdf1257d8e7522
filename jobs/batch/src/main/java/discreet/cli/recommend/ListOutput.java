package discreet.cli.recommend;

import discreet.cli.recommend.RecommendCommand.Format;
import discreet.spark.lists.ListFormat;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Says where lists or predictions go, and how they are written.
 *
 * @param folder appears when everything is written
 * @param neutralIds whether ids that a spreadsheet would take for formulas have an apostrophe before them
 * @param diagnostics a new file for {@link Diagnostics}, or null for none
 */
public record ListOutput(
        String folder,
        Format format,
        boolean neutralIds,
        @Nullable Path diagnostics) {

    /** Writes to a folder, with ids as they are and without diagnostics. */
    public ListOutput(String folder, Format format) {
        this(folder, format, false, null);
    }

    ListFormat listFormat() {
        if (format == Format.PARQUET) {
            return ListFormat.PARQUET;
        }
        return neutralIds ? ListFormat.NEUTRAL_CSV : ListFormat.CSV;
    }
}
