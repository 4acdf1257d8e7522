package discreet.plan;

import discreet.privacy.Budget;
import discreet.privacy.Delta;

/**
 * Holds the cost of private partition selection. The item ids come from the ratings, and only ids whose noisy
 * statistic passes a threshold are released. A tenth of the training's delta pays for ids of a single user
 * that pass it.
 *
 * @param delta charged for the selection, beside the rho of the item statistic
 * @param maxItemsPerUser how many ids one user can bring. The more there are, the higher is the threshold
 */
public record PartitionSelection(Delta delta, int maxItemsPerUser) {
    private static final int PARTS = 10;

    static PartitionSelection of(Budget budget, int maxItemsPerUser) {
        return new PartitionSelection(deltaOf(budget.delta()), maxItemsPerUser);
    }

    /** Returns what one training with this delta is charged for the selection. */
    public static Delta deltaOf(double delta) {
        return Delta.part(delta, PARTS);
    }
}
