package discreet.spark.train;

import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import discreet.ledger.Released;
import discreet.plan.RankingPlan;
import discreet.plan.VectorPlan;
import discreet.spark.ratings.Histories;
import discreet.statistics.ItemSum;
import java.util.Arrays;

/** Computes the number of people and the item statistic over a listed catalogue, in one pass on first use. */
final class ListedItems implements ItemSource {
    private final Histories histories;
    private final ItemSum sum;
    private final OnceSum<long[]> totals;

    ListedItems(Histories histories) {
        this.histories = histories;
        this.sum = new ItemSum(histories.catalogue().size());
        this.totals = new OnceSum<>(() -> TiledSum.over(histories.rows(), sum));
    }

    @Override
    public void compute() {
        totals.get();
    }

    @Override
    public Exact people() {
        return Exact.of(new long[] {totals.get()[sum.items()] << RankingPlan.PEOPLE_BITS});
    }

    @Override
    public Items release(ChargedRelease training, VectorPlan vector) {
        Released released = training.release(
                vector.name(), vector.sensitivity(), "{}", () -> Exact.of(Arrays.copyOf(totals.take(), sum.items())));
        totals.forget();
        return new Items(histories, released.values());
    }
}
