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
 * Computes the exact sums over a listed catalogue. Both sums come from one pass, which runs when the first is
 * needed.
 */
final class ItemTotals implements ItemSource {
    private final Histories histories;
    private final ItemSum sum;
    private long @Nullable [] totals;

    ItemTotals(Histories histories) {
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
        return new Items(histories, released.values());
    }

    private long[] totals() {
        if (totals == null) {
            totals = TiledSum.over(histories.rows(), sum);
        }
        return totals;
    }
}
