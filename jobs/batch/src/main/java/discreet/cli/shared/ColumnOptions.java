package discreet.cli.shared;

import discreet.history.RatingColumns;
import picocli.CommandLine.Option;

/** What the columns of ratings are called. */
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
            description = "Column of item ids, in --items as well (default: ${DEFAULT-VALUE}).")
    private String item;

    @Option(
            names = "--rating-column",
            paramLabel = "NAME",
            defaultValue = "rating",
            description = "Column of ratings, which may be missing by its default name (default: ${DEFAULT-VALUE}).")
    private String rating;

    @Option(
            names = "--timestamp-column",
            paramLabel = "NAME",
            defaultValue = "timestamp",
            description = "Column of times (epoch seconds, milliseconds or ISO 8601), which may be missing by its "
                    + "default name (default: ${DEFAULT-VALUE}).")
    private String timestamp;

    public RatingColumns columns() {
        return new RatingColumns(user, item, rating, timestamp);
    }
}
