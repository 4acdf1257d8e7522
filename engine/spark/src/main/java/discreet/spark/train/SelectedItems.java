package discreet.spark.train;

import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import discreet.ledger.ExactMap;
import discreet.ledger.Released;
import discreet.plan.RankingPlan;
import discreet.plan.VectorPlan;
import discreet.spark.ratings.ItemIdHistories;

/**
 * Selects the item ids from the ratings by private partition selection. One release gives both the catalogue
 * and its statistic: it adds noise to the sum of every id and releases the ids, with their noisy sums, that
 * are above the threshold ({@link ChargedRelease#releaseKeys}). {@link KeyedSum} bounds the change by one
 * user. From there on the catalogue is public, and rows of other items are left out.
 *
 * <p>The number of people counts users with any item, in the catalogue or not. It is at least the number of
 * users with an item in the catalogue, as the scale of rows requires.
 */
final class SelectedItems implements ItemSource {
    private final ItemIdHistories histories;
    private final OnceSum<KeyedSum> sums;

    SelectedItems(ItemIdHistories histories) {
        this.histories = histories;
        this.sums = new OnceSum<>(() -> KeyedSum.over(histories.ids()));
    }

    @Override
    public void compute() {
        sums.get();
    }

    @Override
    public Exact people() {
        return Exact.of(new long[] {sums.get().people() << RankingPlan.PEOPLE_BITS});
    }

    @Override
    public Items release(ChargedRelease training, VectorPlan vector) {
        Released released = training.releaseKeys(
                vector.name(),
                histories.rules().maxItemsPerUser(),
                vector.sensitivity(),
                vector.sensitivity(),
                "{}",
                () -> ExactMap.of(sums.take().items()));
        sums.forget();
        // Catalogue and released keys have the same order, so value i belongs to item i.
        Catalogue catalogue =
                Catalogue.of(released.keys().stream().map(Item::of).toList());
        return new Items(histories.over(catalogue), released.values());
    }
}
