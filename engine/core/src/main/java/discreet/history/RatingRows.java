package discreet.history;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Steps through the ratings in files, whatever their format. Any row is accepted: a value that is no use is said to be missing. */
public interface RatingRows extends Closeable {
    /** Advances to the next row. Returns false if there is none. Values of the previous row become invalid. */
    boolean next() throws IOException;

    /** Returns the user id; null if the row names no user. */
    @Nullable
    String user();

    /** Returns the item id; null if the row names no item. */
    @Nullable
    String item();

    /** Returns the rating; null if the row has no usable one. */
    @Nullable
    Double rating();

    /** Returns the time in milliseconds since 1970; {@link RatingParser#OLDEST} if the row has no usable one. */
    long time();
}
