package discreet.history;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Steps through the ratings in files of any format. Every row is accepted, and an unusable value counts as
 * missing.
 */
interface RatingCursor extends Closeable {
    /**
     * Advances to the next row and returns whether there is one. Values of the previous row become invalid.
     */
    boolean next() throws IOException;

    /** Returns the user id, or null if the row names no user. */
    @Nullable
    String user();

    /** Returns the item id, or null if the row names no item. */
    @Nullable
    String item();

    /** Returns the rating, or null if the row has no usable one. */
    @Nullable
    Double rating();

    /**
     * Returns the time in milliseconds since 1970, or {@link RatingParser#OLDEST} if the row has no usable
     * one.
     */
    long time();
}
