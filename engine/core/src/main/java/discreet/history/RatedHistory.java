package discreet.history;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Represents one user's history as items and ratings.
 *
 * @param items catalogue indices, ascending and distinct
 * @param values the rating of each item, scaled to [-1, 1] ({@link RatingRange#unit})
 */
@SuppressWarnings("ArrayRecordComponent") // one per user of millions, never compared
public record RatedHistory(int[] items, double[] values) implements Serializable {

    /** A history without items. */
    public static final RatedHistory EMPTY = new RatedHistory(new int[0], new double[0]);

    /** Returns the number of items. */
    public int size() {
        return items.length;
    }

    /** Returns whether an item was rated. */
    public boolean contains(int item) {
        return Arrays.binarySearch(items, item) >= 0;
    }
}
