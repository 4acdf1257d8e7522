package discreet.privacy;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What releases cost together: the most that any one person pays.
 *
 * <p><b>Sequential composition.</b> Neighbouring data sets differ by all rows of one account. Releases on everybody add up in
 * rho and in delta, also where later ones depend on what earlier ones gave. Bun and Steinke ("Concentrated Differential Privacy",
 * 2016, lemma 1.7) show that for prices that are fixed in advance. Here an operator chooses the next price, and the next cell,
 * after seeing earlier releases, so what holds is a <i>privacy filter</i>: as long as every further release is refused with which
 * the sum would pass a cap fixed at the start, everything together is zCDP with the cap's rho and delta. Filters: Rogers, Roth,
 * Ullman and Vadhan, "Privacy Odometers and Filters" (2016); Feldman and Zrnic, "Individual Privacy Accounting via a Renyi
 * Filter" (2021), for each order and each person, and so for zCDP; Whitehouse, Ramdas, Rogers and Wu, "Fully-Adaptive Composition
 * in Differential Privacy" (2023), for approximate zCDP. A filter promises the cap. The sum so far is a promise of its own only
 * where it was not chosen in the light of what was released.
 *
 * <p><b>Disjoint cells.</b> A release on a {@link HashRange} reads the rows of that cell's people and of nobody else; what earlier
 * releases gave is the same constant on both sides. So for somebody outside of the cell its loss is 0, and the account's total
 * (a filter of its own: Feldman and Zrnic) is the sum over the releases whose cell contains its id. Of cells of one salt this is a step function of the
 * position of the hash, and its maximum bounds everybody: disjoint cells cost the maximum (McSherry, "Privacy Integrated
 * Queries", 2009, theorem 4, here for zCDP). Cells of different salts may share people and add up, as does what is charged to
 * everybody. The maxima of rho and of delta are taken on their own, which is at least what anybody pays.
 *
 * <p>Where one account is replaced by one in another cell, each pays its own cell once: together no more than twice the
 * maximum. So prices of replacing, where no release counts less than twice, compose by the same rule: {@link discreet.plan.ReplaceOneCost}.
 *
 * <p>Mutable; for use by one thread. Adding costs the number of different bounds of cells in the interval.
 */
public final class Composition {

    private PrivacyCost everybody = PrivacyCost.NOTHING;
    private final Map<String, StepFunction> bySalt = new HashMap<>();

    /** Adds a release on the people of a cell, or on everybody. */
    public void add(@Nullable HashRange hashRange, PrivacyCost price) {
        if (hashRange == null) {
            everybody = everybody.plus(price);
        } else {
            bySalt.computeIfAbsent(hashRange.salt(), salt -> new StepFunction()).add(hashRange, price);
        }
    }

    /** No person pays more, in rho or in delta. */
    public PrivacyCost total() {
        PrivacyCost total = everybody;
        for (StepFunction steps : bySalt.values()) {
            total = total.plus(steps.most);
        }
        return total;
    }

    /** The {@link #total} if this release were added. */
    public PrivacyCost totalWith(@Nullable HashRange hashRange, PrivacyCost price) {
        PrivacyCost total = hashRange == null ? total() : totalIn(hashRange);
        return total.plus(price).largest(total());
    }

    /** What the most costly person of a cell pays, so far: less than {@link #total} where another cell is dearer. */
    public PrivacyCost totalIn(@Nullable HashRange hashRange) {
        if (hashRange == null) {
            return total();
        }
        PrivacyCost total = everybody;
        for (Map.Entry<String, StepFunction> entry : bySalt.entrySet()) {
            StepFunction steps = entry.getValue();
            total = total.plus(entry.getKey().equals(hashRange.salt()) ? steps.mostIn(hashRange) : steps.most);
        }
        return total;
    }

    /** A price for every position of the hash: constant from each key to the next. */
    private static final class StepFunction {
        private final NavigableMap<Long, PrivacyCost> prices = new TreeMap<>(Map.of(0L, PrivacyCost.NOTHING));
        private PrivacyCost most = PrivacyCost.NOTHING;

        void add(HashRange hashRange, PrivacyCost price) {
            divideAt(hashRange.from());
            divideAt(hashRange.to());
            for (Map.Entry<Long, PrivacyCost> step :
                    prices.subMap(hashRange.from(), true, hashRange.to(), false).entrySet()) {
                step.setValue(step.getValue().plus(price));
                most = most.largest(step.getValue());
            }
        }

        private void divideAt(long position) {
            prices.putIfAbsent(position, prices.floorEntry(position).getValue());
        }

        PrivacyCost mostIn(HashRange hashRange) {
            PrivacyCost dearest = PrivacyCost.NOTHING;
            for (PrivacyCost price : prices.subMap(prices.floorKey(hashRange.from()), true, hashRange.to(), false)
                    .values()) {
                dearest = dearest.largest(price);
            }
            return dearest;
        }
    }
}
