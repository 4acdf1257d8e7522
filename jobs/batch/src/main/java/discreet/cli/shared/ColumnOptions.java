package discreet.cli.shared;

import discreet.history.RatingColumns;
import picocli.CommandLine.Option;

/** Defines the options that name the columns of ratings. */
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
            description = "Column of item ids, in ratings and in --items (default: ${DEFAULT-VALUE}).")
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

    /** Returns the names that were given. */
    public RatingColumns columns() {
        return new RatingColumns(user, item, rating, timestamp);
    }
}
