package discreet.history;

import discreet.InputException;
import java.util.List;
import java.util.Set;

/**
 * Names the columns of ratings data. Users and items are always required. Ratings and timestamps may be
 * missing from the data if they have their default name, while a name set by the caller must exist.
 *
 * @param user name of the column of user ids
 * @param item name of the column of item ids
 * @param rating name of the column of ratings
 * @param timestamp name of the column of timestamps
 */
public record RatingColumns(String user, String item, String rating, String timestamp) {
    /** The default names, {@code user}, {@code item}, {@code rating} and {@code timestamp}. */
    public static final RatingColumns DEFAULT = new RatingColumns("user", "item", "rating", "timestamp");

    public RatingColumns {
        List<String> names = List.of(user, item, rating, timestamp);
        if (names.stream().anyMatch(String::isBlank)) {
            throw new InputException("Cannot use an empty column name. Give each column the name it has in the data.");
        }
        if (Set.copyOf(names).size() < names.size()) {
            throw new InputException("Cannot use one column twice: user, item, rating and timestamp are called "
                    + String.join(", ", names) + ". Give each its own column.");
        }
    }

    /** Returns whether the data must have the column of ratings, because the caller named it. */
    boolean ratingRequired() {
        return !rating.equals("rating");
    }

    /** Returns whether the data must have the column of timestamps, because the caller named it. */
    boolean timestampRequired() {
        return !timestamp.equals("timestamp");
    }
}
