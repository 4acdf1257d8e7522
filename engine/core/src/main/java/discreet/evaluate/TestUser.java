package discreet.evaluate;

import java.util.Arrays;

/**
 * Represents one user of a hold-out. Equality compares arrays by identity, so do not compare instances.
 *
 * @param history item indices that are folded in, ascending and distinct
 * @param labels item indices that were hidden, distinct. A user without labels is left out of every metric.
 */
@SuppressWarnings("ArrayRecordComponent") // one per user of millions, and a boxed list would take five times the memory
public record TestUser(int[] history, int[] labels) {

    /**
     * Combines the two sides of a split. No list contains an item of the history, so an item on both sides is
     * not a label.
     *
     * @param history ascending and distinct
     */
    public static TestUser of(int[] history, int[] hidden) {
        return new TestUser(
                history,
                Arrays.stream(hidden)
                        .filter(item -> Arrays.binarySearch(history, item) < 0)
                        .toArray());
    }
}
