package discreet.spark.ratings;

import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Iterates over ratings without an object for each. Total, since no data makes it throw. */
sealed interface RatingCursor permits RowCursor, BatchCursor, ObservedCursor {
    /**
     * Advances to the next rating and returns whether there is one. Values from the previous one become
     * invalid.
     */
    boolean next();

    /**
     * Returns the user's id, or null if the rating has none. {@link RowPacker} leaves out
     * what is too long or not UTF-8.
     */
    @Nullable
    UTF8String user();

    /**
     * Returns whether the user is known to be that of the previous rating, without reading the id. Returns
     * false in doubt.
     */
    boolean isSameUser();

    /** Returns the item's index, or {@link Histories#ABSENT}. */
    int item();

    /** Returns the item's id as the data has it, or null if the rating has none. */
    @Nullable
    UTF8String itemId();

    /** Returns the rating, finite and without a negative zero, or NaN if it is not usable. */
    double rating();

    /** Returns the time in milliseconds since 1970, or {@link discreet.history.RatingParser#OLDEST}. */
    long time();
}
