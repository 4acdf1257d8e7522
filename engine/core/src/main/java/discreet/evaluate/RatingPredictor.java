package discreet.evaluate;

import discreet.history.RatedHistory;

/** Anything that predicts ratings from a person's own. Several threads may call it at once. */
@FunctionalInterface
public interface RatingPredictor {
    /**
     * One prediction an item, in ratings.
     *
     * @param own what the person has rated; possibly nothing
     * @param items item indices
     */
    double[] predict(RatedHistory own, int[] items);
}
