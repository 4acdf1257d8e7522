package discreet.spark.train;

import discreet.history.RowRules;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import discreet.plan.VectorPlan;
import discreet.spark.ratings.Histories;

/** Where the first two releases of a training get their exact sums: over a catalogue that is listed, or over ids that are private. */
sealed interface ItemSource permits ItemTotals, DiscoveredItems {

    /** What the plan says of the catalogue. */
    String catalogue();

    RowRules rules();

    /** Reads the data now: whatever is wrong with them shows before anything is charged. */
    void compute();

    /** Number of people with an item left, at scale 2^10: fine enough that the noise stays above one unit at any budget. */
    Exact people();

    /** Releases the item statistic. */
    Items release(ChargedRelease training, VectorPlan vector);

    /**
     * The catalogue that is known from here on, as that of the histories over it, and its statistic.
     *
     * @param statistic released, one value an item of the catalogue, at scale 2^19
     */
    record Items(Histories histories, long[] statistic) {}
}
