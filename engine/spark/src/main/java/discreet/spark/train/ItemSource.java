package discreet.spark.train;

import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import discreet.plan.VectorPlan;
import discreet.spark.ratings.Histories;

/**
 * Computes the exact sums of the first two releases of a ranking and releases the item statistic. Without a
 * listed catalogue, that vector's keys become the catalogue.
 */
sealed interface ItemSource permits ListedItems, SelectedItems {

    /** Reads the data now, so that errors of files and schema surface before anything is charged. */
    void compute();

    /**
     * Counts the users with an item left, at scale 2^10. At this scale the noise stays above one unit at any
     * budget.
     */
    Exact people();

    /**
     * Releases the item statistic and returns it with the histories over the catalogue. The exact sums, that
     * of people included, are dropped with it, since it is the last vector made of them.
     */
    Items release(ChargedRelease training, VectorPlan vector);

    /**
     * Holds the histories over the catalogue that is known from here on, and the item statistic.
     *
     * @param statistic released values, one an item of the catalogue, at scale 2^19
     */
    record Items(Histories histories, long[] statistic) {}
}
