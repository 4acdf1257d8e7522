package discreet.statement;

import discreet.ledger.Population;
import discreet.model.RankingModel;
import discreet.statistics.ItemSum;

/**
 * Compares a model with what a ledger was charged for. A forecast reads the model freely, so the values in it
 * must have left through a charged release.
 */
public final class PaidModel {
    private PaidModel() {}

    /**
     * Returns whether the item statistic of a model equals the sealed values of its release. Values are
     * compared bit for bit, which scaling by a power of two allows.
     *
     * @throws discreet.InputException if the population has no such release, or it is not sealed
     */
    public static boolean of(Population population, RankingModel model) {
        long[] sealed = population.sealed(model.provenance().release(), "items").values();
        double[] statistic = model.statistic();
        if (sealed.length != statistic.length) {
            return false;
        }
        for (int item = 0; item < sealed.length; item++) {
            if (Math.scalb((double) sealed[item], -ItemSum.BITS) != statistic[item]) {
                return false;
            }
        }
        return true;
    }
}
