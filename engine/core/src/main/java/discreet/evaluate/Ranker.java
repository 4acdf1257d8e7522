package discreet.evaluate;

/** Turns a user's history into a list of items. Implementations must be thread-safe. */
@FunctionalInterface
public interface Ranker {
    /**
     * Returns items, best first.
     *
     * @param history item indices, ascending and distinct, possibly none
     * @param k length of the requested list, at least 1
     * @return at most k distinct item indices outside the history. The list for a smaller k is a prefix of
     *     this one.
     */
    int[] rank(int[] history, int k);
}
