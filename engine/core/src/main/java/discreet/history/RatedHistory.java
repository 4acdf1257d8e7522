package discreet.history;

import java.io.Serializable;
import java.util.Arrays;

/**
 * One person's items with what they were rated.
 *
 * @param items catalogue indices, ascending and distinct
 * @param values one an item: the rating as a number in [-1, 1] ({@link RatingRange#unit})
 */
@SuppressWarnings("ArrayRecordComponent") // millions of these; never compared
public record RatedHistory(int[] items, double[] values) implements Serializable {

    /** Nothing rated. */
    public static final RatedHistory EMPTY = new RatedHistory(new int[0], new double[0]);

    /** Number of items. */
    public int size() {
        return items.length;
    }

    /** Whether an item was rated. */
    public boolean contains(int item) {
        return Arrays.binarySearch(items, item) >= 0;
    }
}
