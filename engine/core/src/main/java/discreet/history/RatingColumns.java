package discreet.history;

import discreet.InputException;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names the columns of ratings data. Users and items are always required. Ratings and timestamps may be
 * missing from the data if they have their default name, while a name set by the caller must exist.
 *
 * @param user name of the column of user ids
 * @param item name of the column of item ids
 * @param rating name of the column of ratings
 * @param timestamp name of the column of timestamps
 * @param noRating rating that stands for none, such as -1. Rows with it are left out. Null if there is none
 */
public record RatingColumns(
        String user,
        String item,
        String rating,
        String timestamp,
        @Nullable Double noRating) implements Serializable {
    /** The default names, {@code user}, {@code item}, {@code rating} and {@code timestamp}. */
    public static final RatingColumns DEFAULT = new RatingColumns("user", "item", "rating", "timestamp");

    /** Names columns of data in which every rating is meant as one. */
    public RatingColumns(String user, String item, String rating, String timestamp) {
        this(user, item, rating, timestamp, null);
    }

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

    /** Returns the names, in the order user, item, rating, timestamp. */
    public List<String> names() {
        return List.of(user, item, rating, timestamp);
    }

    /**
     * Returns whether the data must have a column of this name, because of its role or because it was named.
     */
    boolean isRequired(String name) {
        return name.equals(user)
                || name.equals(item)
                || (name.equals(rating) && ratingRequired())
                || (name.equals(timestamp) && timestampRequired());
    }

    /** Returns the rating, or null if it stands for none. */
    @Nullable
    Double rated(@Nullable Double rating) {
        return rating == null || noRating == null || rating.doubleValue() != noRating ? rating : null;
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
