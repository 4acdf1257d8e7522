package discreet.privacy;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what releases cost together, which is the most that any one user pays.
 *
 * <p><b>Sequential composition.</b> Neighbouring data sets differ by all rows of one account. Releases on all
 * users add up in rho and in delta, also if later releases depend on the values of earlier ones. Bun and
 * Steinke ("Concentrated Differential Privacy", 2016, lemma 1.7) show that for costs that are fixed in
 * advance. Here an operator chooses the next cost, and the next hash range, after seeing earlier releases. So
 * the result that applies is that of a <i>privacy filter</i>. A filter fixes a cap at the start and refuses
 * every further release with which the sum would pass it. For a cap of fixed rho and delta, everything
 * together is then zCDP with that rho and delta. Filters come from Rogers, Roth, Ullman and Vadhan, "Privacy
 * Odometers and Filters" (2016). Feldman and Zrnic, "Individual Privacy Accounting via a Renyi Filter"
 * (2021), prove one for each Renyi order and each user, and so for zCDP. Whitehouse, Ramdas, Rogers and Wu,
 * "Fully-Adaptive Composition in Differential Privacy" (2023), prove one for approximate zCDP. A filter
 * promises the cap. The sum so far is a promise of its own only if it was not chosen in the light of what was
 * released.
 *
 * <p>The rho and the delta of a cap are fixed when it is made, because {@link Budget} splits the cap's delta
 * into a part for rho and a part that releases are charged directly.
 *
 * <p><b>Disjoint hash ranges.</b> A release on a {@link HashRange} reads the rows of that range's users and
 * of no other users. The values of earlier releases are the same constant for both neighbours. So for a user
 * outside the range the loss of this release is 0, and an account's total (a filter of its own, by Feldman
 * and Zrnic) is the sum over the releases whose range contains its id. For ranges of one salt this sum is a
 * step function of the position of the hash, and its maximum bounds the cost of every user. Disjoint ranges
 * therefore cost the maximum, which is known as parallel composition (McSherry, "Privacy Integrated Queries",
 * 2009, theorem 4, here for zCDP). Ranges of different salts may share users, so their costs add up, as do
 * those of releases on all users. The maxima of rho and of delta are taken separately, which gives at least
 * what any user pays.
 *
 * <p>If one account is replaced by an account in another hash range, each of the two pays for its own range
 * once. Together they pay no more than twice the maximum. So costs under replacement, where no release counts
 * less than twice, compose by the same rule (see {@link discreet.plan.ReplaceOneCost}).
 *
 * <p>Mutable, for use by one thread. The time to add a release grows with the number of different range
 * bounds inside its interval.
 */
public final class Composition {

    private PrivacyCost onAllUsers = PrivacyCost.NOTHING;
    private final Map<String, StepFunction> bySalt = new HashMap<>();

    /** Adds a release on the users of a hash range, or on all users if the range is null. */
    public void add(@Nullable HashRange users, PrivacyCost cost) {
        if (users == null) {
            onAllUsers = onAllUsers.plus(cost);
        } else {
            bySalt.computeIfAbsent(users.salt(), salt -> new StepFunction()).add(users, cost);
        }
    }

    /**
     * Gives back the cost of a release, or of a part of one, that was added before and never made. What is
     * left bounds the loss of every user, because the part depends on no row.
     *
     * <p><b>Proof.</b> Whether the part is made may depend on everything that was released before. The filter
     * is asked before each part with all that was charged and not given back, which is at least all that was
     * ever drawn. So what is drawn stays within the cap on every path.
     *
     * @throws IllegalArgumentException if more is given back than was added
     */
    public void remove(@Nullable HashRange hashRange, PrivacyCost cost) {
        if (hashRange == null) {
            onAllUsers = onAllUsers.minus(cost);
            return;
        }
        StepFunction steps = bySalt.get(hashRange.salt());
        if (steps == null) {
            throw new IllegalArgumentException("Nothing was charged to users of this salt.");
        }
        steps.remove(hashRange, cost);
    }

    /** Returns a cost that no user exceeds, in rho or in delta. */
    public PrivacyCost total() {
        PrivacyCost total = onAllUsers;
        for (StepFunction steps : bySalt.values()) {
            total = total.plus(steps.max);
        }
        return total;
    }

    /** Returns the {@link #total} after adding this release. */
    public PrivacyCost totalWith(@Nullable HashRange users, PrivacyCost cost) {
        PrivacyCost total = users == null ? total() : totalIn(users);
        return total.plus(cost).max(total());
    }

    /**
     * Returns what the most costly user of a hash range has paid so far. It is less than {@link #total} if
     * another range cost more.
     */
    public PrivacyCost totalIn(@Nullable HashRange users) {
        if (users == null) {
            return total();
        }
        PrivacyCost total = onAllUsers;
        for (Map.Entry<String, StepFunction> entry : bySalt.entrySet()) {
            StepFunction steps = entry.getValue();
            total = total.plus(entry.getKey().equals(users.salt()) ? steps.maxIn(users) : steps.max);
        }
        return total;
    }

    /** Maps every position of the hash to a cost, which is constant from each key to the next. */
    private static final class StepFunction {
        private final NavigableMap<Long, PrivacyCost> costs = new TreeMap<>(Map.of(0L, PrivacyCost.NOTHING));
        private PrivacyCost max = PrivacyCost.NOTHING;

        void add(HashRange users, PrivacyCost cost) {
            divideAt(users.from());
            divideAt(users.to());
            for (Map.Entry<Long, PrivacyCost> step :
                    costs.subMap(users.from(), true, users.to(), false).entrySet()) {
                step.setValue(step.getValue().plus(cost));
                max = max.max(step.getValue());
            }
        }

        void remove(HashRange hashRange, PrivacyCost cost) {
            divideAt(hashRange.from());
            divideAt(hashRange.to());
            costs.subMap(hashRange.from(), true, hashRange.to(), false)
                    .replaceAll((position, charged) -> charged.minus(cost));
            max = costs.values().stream().reduce(PrivacyCost.NOTHING, PrivacyCost::max);
        }

        private void divideAt(long position) {
            costs.putIfAbsent(position, costs.floorEntry(position).getValue());
        }

        PrivacyCost maxIn(HashRange users) {
            PrivacyCost highest = PrivacyCost.NOTHING;
            for (PrivacyCost cost : costs.subMap(costs.floorKey(users.from()), true, users.to(), false)
                    .values()) {
                highest = highest.max(cost);
            }
            return highest;
        }
    }
}
