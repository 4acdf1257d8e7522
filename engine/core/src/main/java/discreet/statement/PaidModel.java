package discreet.statement;

import discreet.ledger.Population;
import discreet.model.RankingModel;
import discreet.plan.VectorName;
import discreet.statistics.ItemSum;

/**
 * Checks that a model's item statistic is the one that its release sealed. This shows that a folder belongs
 * to the release that it names. The other numbers of the model (people, head, spectrum) are not compared.
 * They are public in the model's folder, so reading them costs nothing.
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
        long[] sealed = population
                .sealed(model.provenance().release(), VectorName.ITEMS.text())
                .values();
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
