package discreet.history;

import discreet.InputException;
import discreet.privacy.HashRange;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Decides, by public rules, which of a user's rows count. Without a catalogue, when items are found by
 * private partition selection, a fixed limit on the length of item ids is one more rule.
 *
 * @param minRating rows with a lower rating do not count. Negative infinity admits all rows. If the data has
 *     no ratings, every row counts.
 * @param maxItemsPerUser maximum number of a user's items that count, the most recent ones first.
 *     {@link Integer#MAX_VALUE} means no limit.
 * @param users hash range of the users whose rows count, or null for all users
 */
public record RowRules(
        double minRating, int maxItemsPerUser, @Nullable HashRange users) implements Serializable {
    /** Every row counts, with at most 500 items per user. */
    public static final RowRules DEFAULT = new RowRules(Double.NEGATIVE_INFINITY, 500);

    /** Creates rules for all users. */
    public RowRules(double minRating, int maxItemsPerUser) {
        this(minRating, maxItemsPerUser, null);
    }

    public RowRules {
        requireMinRating(minRating);
        requireMaxItemsPerUser(maxItemsPerUser);
    }

    /** @throws InputException if the number is neither finite nor negative infinity */
    public static void requireMinRating(double minRating) {
        if (Double.isNaN(minRating) || minRating == Double.POSITIVE_INFINITY) {
            throw new InputException(
                    "read ratings",
                    "`minRating` must be finite. Provided value: " + minRating + ". Give another number.");
        }
    }

    /** @throws InputException if the number is not positive */
    public static void requireMaxItemsPerUser(int maxItemsPerUser) {
        if (maxItemsPerUser < 1) {
            throw new InputException(
                    "read ratings",
                    "`maxItemsPerUser` must be > 0. Provided value: " + maxItemsPerUser + ". Give a larger number.");
        }
    }
}
