package discreet.evaluate.baselines;

import discreet.evaluate.Ranker;

/** A recommender without privacy that scores every item. For public data only: what it has learned is exact. */
public interface Baseline extends Ranker {
    /**
     * One score an item, higher is better, those of the history included.
     *
     * @param history item indices, ascending and distinct; may be empty
     */
    double[] scores(int[] history);

    /** The k best items outside the history; equal scores by item index. */
    @Override
    default int[] rank(int[] history, int k) {
        return TopK.of(scores(history), history, k);
    }
}
