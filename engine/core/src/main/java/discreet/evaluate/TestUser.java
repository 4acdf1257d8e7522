package discreet.evaluate;

import discreet.history.UserHistory;
import java.util.Arrays;

/**
 * Represents one user of a hold-out. Equality compares arrays by identity, so do not compare instances.
 *
 * @param known items that are folded in and items that no list may have
 * @param labels item indices that were hidden, distinct. A user without labels is left out of every metric.
 */
@SuppressWarnings("ArrayRecordComponent") // one per user of millions, and a boxed list would take five times the memory
public record TestUser(UserHistory<int[]> known, int[] labels) {

    /**
     * Creates a user whose known items all count.
     *
     * @param history ascending and distinct
     */
    public TestUser(int[] history, int[] labels) {
        this(UserHistory.ofItems(history), labels);
    }

    /** Returns the item indices that are folded in, ascending and distinct. */
    public int[] history() {
        return known.counted();
    }

    /**
     * Combines the two sides of a split. The labels are the hidden items that count. No list has an item that
     * the user is known to have seen, so such an item is not a label, whatever its rating on either side.
     *
     * @param listSeen whether lists may have what was seen. Every hidden item that counts is a label then
     */
    public static TestUser of(UserHistory<int[]> known, UserHistory<int[]> hidden, boolean listSeen) {
        if (listSeen) {
            return new TestUser(new UserHistory<>(known.counted(), new int[0]), hidden.counted());
        }
        return new TestUser(
                known,
                Arrays.stream(hidden.counted())
                        .filter(item -> !known.hasSeen(item))
                        .toArray());
    }
}
