package discreet.spark.train;

import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.history.RowRules;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Exact;
import discreet.ledger.ExactMap;
import discreet.ledger.Released;
import discreet.plan.RankingPlan;
import discreet.plan.TrainingPlan;
import discreet.plan.VectorPlan;
import discreet.spark.ratings.UncataloguedHistories;
import org.jspecify.annotations.Nullable;

/**
 * Item ids found out from the ratings. One release gives both the catalogue and its statistic: noise on the sum of every id, and what
 * is above the threshold comes out, id and noisy sum ({@link ChargedRelease#releaseKeys}). {@link KeyedSum} bounds what one person changes. From
 * there on the catalogue is public, and what people have off it is absent.
 *
 * <p>The number of people is that of people with any item, on the catalogue or not: at least as many as have an item on it, which is all that
 * the scale of rows needs.
 */
final class DiscoveredItems implements ItemSource {
    private final UncataloguedHistories histories;
    private @Nullable KeyedSum sums;

    DiscoveredItems(UncataloguedHistories histories) {
        this.histories = histories;
    }

    @Override
    public String catalogue() {
        return TrainingPlan.DISCOVERED;
    }

    @Override
    public RowRules rules() {
        return histories.rules();
    }

    @Override
    public void compute() {
        sums();
    }

    @Override
    public Exact people() {
        return Exact.of(new long[] {sums().people() << RankingPlan.PEOPLE_BITS});
    }

    @Override
    public Items release(ChargedRelease training, VectorPlan vector) {
        Released released = training.releaseKeys(
                vector.name(),
                rules().maxItemsPerUser(),
                vector.sensitivity(),
                vector.sensitivity(),
                "{}",
                () -> ExactMap.of(sums().items()));
        // Its index sorts by id as the released keys are sorted, so values stay where they are.
        Catalogue catalogue =
                Catalogue.of(released.keys().stream().map(Item::of).toList());
        return new Items(histories.over(catalogue), released.values());
    }

    private KeyedSum sums() {
        if (sums == null) {
            sums = KeyedSum.over(histories.ids());
        }
        return sums;
    }
}
