package discreet.evaluate;

import discreet.history.UserHistory;

/** Turns a user's history into a list of items. Implementations must be thread-safe. */
@FunctionalInterface
public interface Ranker {
    /**
     * Returns items, best first.
     *
     * @param user items that count and items that were seen, possibly none
     * @param k length of the requested list, at least 1
     * @return at most k distinct item indices, none of which the user has seen. The list for a smaller k is a
     *     prefix of this one.
     */
    int[] rank(UserHistory<int[]> user, int k);
}
