package discreet.evaluate;

/** Anything that turns a person's history into a list of items. Several threads may call it at once. */
@FunctionalInterface
public interface Ranker {
    /**
     * Best items first.
     *
     * @param history item indices, ascending and distinct; may be empty
     * @param k length of the list asked for, at least 1
     * @return at most k distinct item indices, none of them in the history; the list for a smaller k is a prefix of this one
     */
    int[] rank(int[] history, int k);
}
