package discreet.spark.train;

import discreet.history.RowRules;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import discreet.ledger.Released;
import discreet.plan.RankingPlan;
import discreet.plan.VectorPlan;
import discreet.spark.ratings.Histories;
import discreet.statistics.ItemSum;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Computes the number of people and the item statistic over a listed catalogue, in one pass, which runs at
 * the first need.
 */
final class ListedItems implements ItemSource {
    private final Histories histories;
    private final ItemSum sum;
    private long @Nullable [] totals;

    ListedItems(Histories histories) {
        this.histories = histories;
        this.sum = new ItemSum(histories.catalogue().size());
    }

    @Override
    public RowRules rules() {
        return histories.rules();
    }

    @Override
    public void compute() {
        totals();
    }

    @Override
    public Exact people() {
        return Exact.of(new long[] {totals()[sum.items()] << RankingPlan.PEOPLE_BITS});
    }

    @Override
    public Items release(ChargedRelease training, VectorPlan vector) {
        Released released = training.release(
                vector.name(), vector.sensitivity(), "{}", () -> Exact.of(Arrays.copyOf(totals(), sum.items())));
        totals = null; // an exact sum must not outlive its release
        return new Items(histories, released.values());
    }

    private long[] totals() {
        if (totals == null) {
            totals = TiledSum.over(histories.rows(), sum);
        }
        return totals;
    }
}
