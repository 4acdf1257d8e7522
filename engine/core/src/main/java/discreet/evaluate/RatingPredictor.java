package discreet.evaluate;

import discreet.history.RatedHistory;

/** Predicts ratings from a user's own ratings. Implementations must be thread-safe. */
@FunctionalInterface
public interface RatingPredictor {
    /**
     * Returns one predicted rating per item.
     *
     * @param history what the user has rated, possibly nothing
     * @param items item indices
     */
    double[] predict(RatedHistory history, int[] items);
}
