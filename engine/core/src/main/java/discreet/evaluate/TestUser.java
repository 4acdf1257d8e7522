package discreet.evaluate;

import java.util.Arrays;

/**
 * One person of a hold-out. Arrays are compared by identity, so do not compare people.
 *
 * @param history item indices that are folded in, ascending and distinct
 * @param labels item indices that were hidden, distinct; a person without labels is left out of every metric
 */
@SuppressWarnings("ArrayRecordComponent") // millions of these: a boxed list would be five times the memory
public record TestUser(int[] history, int[] labels) {

    /**
     * The two sides of a split. An item that is known and hidden at once cannot be found, since no list has it: it is no
     * label.
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
