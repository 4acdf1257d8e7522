package io.discreet.train;

import io.discreet.ledger.Exact;
import io.discreet.ledger.ExactMap;
import io.discreet.ledger.Released;
import io.discreet.ledger.Training;
import io.discreet.model.Catalogue;
import io.discreet.model.Item;
import io.discreet.ratings.RowRules;
import io.discreet.ratings.UnlistedHistories;
import io.discreet.train.TrainingQuote.Vector;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/**
 * Item ids found out from the ratings. One release gives both the catalogue and its statistic: noise on the sum of every id, and what
 * is above the threshold comes out, id and noisy sum ({@link Training#releaseKeys}). {@link KeyedSum} bounds what one person changes. From
 * there on the catalogue is public, and what people have off it is absent.
 *
 * <p>The number of people is that of people with any item, on the catalogue or not: at least as many as have an item on it, which is all that
 * the scale of rows needs.
 */
final class DiscoveredItems implements ItemSource {
    private final UnlistedHistories histories;
    private @Nullable KeyedSum sums;

    DiscoveredItems(UnlistedHistories histories) {
        this.histories = histories;
    }

    @Override
    public String catalogue() {
        return TrainingQuote.DISCOVERED;
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
        return Exact.of(new long[] {sums().people() << TrainingQuote.PEOPLE_BITS});
    }

    @Override
    public Items release(Training training, Vector vector) {
        Released released = training.releaseKeys(
                vector.name(),
                rules().maxItemsPerUser(),
                vector.sensitivity(),
                vector.sensitivity(),
                "{}",
                () -> ExactMap.of(new HashMap<>(sums().items())));
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
