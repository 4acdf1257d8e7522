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
        if (Double.isNaN(minRating) || minRating == Double.POSITIVE_INFINITY) {
            throw new InputException(
                    "Cannot read ratings: `minRating` must be finite, or negative infinity for all of them. "
                            + "Provided value: " + minRating + ". Give another number.");
        }
        if (maxItemsPerUser < 1) {
            throw new InputException("Cannot read ratings: `maxItemsPerUser` must be > 0. Provided value: "
                    + maxItemsPerUser + ". Give a larger number.");
        }
    }
}
