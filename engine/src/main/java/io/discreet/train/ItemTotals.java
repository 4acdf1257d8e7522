package io.discreet.train;

import io.discreet.gram.ItemSum;
import io.discreet.ledger.Exact;
import io.discreet.ratings.Histories;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The exact sums behind the first two releases, computed together in one pass over the data, when first needed. */
final class ItemTotals {
    private final Histories histories;
    private final ItemSum sum;
    private long @Nullable [] totals;

    ItemTotals(Histories histories, int items) {
        this.histories = histories;
        this.sum = new ItemSum(items);
    }

    void compute() {
        totals();
    }

    /** Number of people, at scale 2^10: fine enough that the noise stays above one unit at any budget. */
    Exact people() {
        return Exact.of(new long[] {totals()[sum.items()] << TrainingQuote.PEOPLE_BITS});
    }

    /** The item statistic, at scale 2^19. */
    Exact items() {
        return Exact.of(Arrays.copyOf(totals(), sum.items()));
    }

    private long[] totals() {
        if (totals == null) {
            totals = TiledSum.over(histories.rows(), sum);
        }
        return totals;
    }
}
