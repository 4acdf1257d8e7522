package discreet.evaluate.baselines;

import discreet.evaluate.Ranker;
import discreet.history.UserHistory;

/** Scores every item without privacy. Use it for public data only, because it learns exact statistics. */
interface Baseline extends Ranker {
    /**
     * Returns one score per item, including those of the history. Higher is better.
     *
     * @param history item indices, ascending and distinct, possibly none
     */
    double[] scores(int[] history);

    /** Returns the k best items that the user has not seen. Equal scores are ordered by item index. */
    @Override
    default int[] rank(UserHistory<int[]> user, int k) {
        return BestScores.of(scores(user.counted()), user.seen(), k);
    }
}
