package io.discreet.train;

import io.discreet.gram.ItemSum;
import io.discreet.ledger.Exact;
import io.discreet.ledger.Released;
import io.discreet.ledger.Training;
import io.discreet.ratings.Histories;
import io.discreet.ratings.RowRules;
import io.discreet.train.TrainingQuote.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Over a listed catalogue: the exact sums of the first two releases, computed together in one pass, when first needed. */
final class ItemTotals implements ItemSource {
    private final Histories histories;
    private final ItemSum sum;
    private long @Nullable [] totals;

    ItemTotals(Histories histories) {
        this.histories = histories;
        this.sum = new ItemSum(histories.catalogue().size());
    }

    @Override
    public String catalogue() {
        return histories.catalogue().digest();
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
        return Exact.of(new long[] {totals()[sum.items()] << TrainingQuote.PEOPLE_BITS});
    }

    @Override
    public Items release(Training training, Vector vector) {
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
