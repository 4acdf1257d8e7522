package discreet.plan;

import discreet.InputException;
import discreet.privacy.Budget;
import discreet.privacy.Delta;

/**
 * Holds the cost of private partition selection. The item ids come from the ratings, and only ids whose noisy
 * statistic passes a threshold are released. What a population has set apart for items pays for ids of a
 * single user that pass it, a tenth of that in each training.
 *
 * @param delta charged for the selection, beside the rho of the item statistic
 * @param maxItemsPerUser how many ids one user can bring. The more there are, the higher is the threshold
 */
public record PartitionSelection(Delta delta, int maxItemsPerUser) {
    private static final int TRAININGS = 10;

    /** @throws InputException if nothing is set apart for items */
    static PartitionSelection of(Budget budget, int maxItemsPerUser) {
        Delta delta = deltaOf(budget);
        if (delta.isZero()) {
            throw new InputException("Cannot select item ids privately: this budget has no delta for items. List the"
                    + " items in a public file (`items`).");
        }
        return new PartitionSelection(delta, maxItemsPerUser);
    }

    /** Returns what one training with this budget is charged for the selection. */
    public static Delta deltaOf(Budget budget) {
        return budget.deltaForItems().dividedBy(TRAININGS);
    }
}
