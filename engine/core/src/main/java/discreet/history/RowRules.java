package discreet.history;

import discreet.InputException;
import discreet.privacy.HashRange;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The public choices in what a person contributes. Where no list says which items there are, {@link discreet.spark.ratings.UncataloguedHistories#LONGEST_ID} is
 * one more, and fixed.
 *
 * @param minRating a row counts where its rating is at least this; negative infinity keeps all. Where the data has no ratings
 *     every row counts.
 * @param maxItemsPerUser at most this many of a person's items count, the most recent ones; {@link Integer#MAX_VALUE} is no cap
 * @param people whose rows count, by the hash of the user id alone; null: everybody's
 */
public record RowRules(
        double minRating, int maxItemsPerUser, @Nullable HashRange people) implements Serializable {
    /** Every row, at most 500 items a person. */
    public static final RowRules DEFAULT = new RowRules(Double.NEGATIVE_INFINITY, 500);

    /** Rules for everybody. */
    public RowRules(double minRating, int maxItemsPerUser) {
        this(minRating, maxItemsPerUser, null);
    }

    public RowRules {
        if (Double.isNaN(minRating) || minRating == Double.POSITIVE_INFINITY) {
            throw new InputException(
                    "Cannot use the smallest rating that counts: must be finite, or negative infinity for all. "
                            + "Provided value: " + minRating + ".");
        }
        if (maxItemsPerUser < 1) {
            throw new InputException("Cannot use the largest number of items a person: must be > 0. Provided value: "
                    + maxItemsPerUser + ".");
        }
    }
}
