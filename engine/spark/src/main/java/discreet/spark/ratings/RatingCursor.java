package discreet.spark.ratings;

import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Ratings one after the other, without an object for each. Total: no data makes it throw. */
sealed interface RatingCursor permits RowCursor, BatchCursor {
    /** Goes to the next rating, if there is one. What the methods below gave for the one before is not to be used any more. */
    boolean next();

    /** The user's id; null where the rating names nobody. It may be in bytes that are not UTF-8: {@link RowPacker} mends them. */
    @Nullable
    UTF8String user();

    /** Whether the user is known to be that of the rating before, without a look at the id. If in doubt, it is not. */
    boolean isSameUser();

    /** The item's index, or {@link Histories#ABSENT}. */
    int item();

    /** Finite, and zero has one sign; NaN where the rating is not usable. */
    double rating();

    /** Milliseconds since 1970, or {@link discreet.history.RatingParser#OLDEST}. */
    long time();
}
