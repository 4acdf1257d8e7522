package discreet.cli.shared;

import discreet.InputException;
import discreet.history.RatingColumns;
import discreet.history.RatingsInput;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Defines the options that say how files of ratings are read. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class ColumnOptions {
    @Option(
            names = "--user-column",
            paramLabel = "NAME",
            defaultValue = "user",
            description = "Column of user ids (default: ${DEFAULT-VALUE}).")
    private String user;

    @Option(
            names = "--item-column",
            paramLabel = "NAME",
            defaultValue = "item",
            description = "Column of item ids, in ratings and in --items. --items may call it item as well "
                    + "(default: ${DEFAULT-VALUE}).")
    private String item;

    @Option(
            names = "--rating-column",
            paramLabel = "NAME",
            defaultValue = "rating",
            description = "Column of ratings. A column of the default name may be missing (default: ${DEFAULT-VALUE}).")
    private String rating;

    @Option(
            names = "--timestamp-column",
            paramLabel = "NAME",
            defaultValue = "timestamp",
            description = "Column of times: epoch seconds, milliseconds or ISO 8601. A column of the default name may "
                    + "be missing (default: ${DEFAULT-VALUE}).")
    private String timestamp;

    @Option(
            names = "--no-rating",
            paramLabel = "VALUE",
            description = "A rating that stands for none, such as -1 or 99. Rows with it are left out (default: every "
                    + "number is a rating).")
    private @Nullable Double noRating;

    @Option(
            names = "--ignore-columns",
            paramLabel = "NAMES",
            split = ",",
            description = "Further columns of the ratings, with commas between. A CSV file may have no others, because "
                    + "a line break in a text that people write would count as rows of other people. Name only "
                    + "columns that programs write.")
    private Set<String> ignored = Set.of();

    @Option(
            names = "--csv-records",
            paramLabel = "HOW",
            defaultValue = "lines",
            description = "What a record of CSV is: lines (default), or multiline, where a field in quotes may span "
                    + "lines. With multiline the program that wrote the file is trusted to quote all text, "
                    + "and a file is read by one task.")
    private CsvRecordsOption records;

    /** Says what a record of CSV is. */
    enum CsvRecordsOption {
        LINES,
        MULTILINE
    }

    /** Returns the names that were given. */
    public RatingColumns columns() {
        if (noRating != null && !Double.isFinite(noRating)) {
            throw new InputException("Cannot use --no-rating " + noRating + ": it must be a number. Give another.");
        }
        return new RatingColumns(user, item, rating, timestamp, noRating);
    }

    /** Returns how files of ratings are read. */
    public RatingsInput input(String path) {
        return new RatingsInput(path, columns(), ignored, records == CsvRecordsOption.MULTILINE);
    }
}
