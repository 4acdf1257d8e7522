package discreet.plan;

import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prices planned trainings in the order in which the ledger would meet them. A refused training charges
 * nothing.
 */
public final class ReleaseSchedule {
    private final List<Entry> entries = new ArrayList<>();

    /** The plan of one epsilon, and its price, which OpenDP is asked for once. */
    private record Priced(TrainingPlan plan, PrivacyCost price) {
        static Priced of(TrainingPlan plan) {
            return new Priced(plan, plan.price());
        }
    }

    /**
     * Holds one planned training with its price.
     *
     * @param number its place, from 1
     * @param price what it costs alone
     * @param total price of everything up to it, including what was spent before the schedule
     * @param epsilonTotal the same as epsilon at the cap's delta
     * @param left the largest epsilon that one more such training can ask for after it. Infinite without a
     *     budget
     */
    public record Entry(
            int number,
            LocalDate date,
            TrainingPlan plan,
            PrivacyCost price,
            boolean admitted,
            PrivacyCost total,
            double epsilonTotal,
            double left) {}

    /**
     * @param planned the trainings in order, at least one
     * @param request what is trained, at any epsilon
     * @param cap whose deltas the prices are for
     * @param budget would pay. Null sums the schedule up and refuses nothing
     */
    public ReleaseSchedule(
            List<ScheduledRelease> planned, TrainingRequest request, Budget cap, @Nullable RemainingBudget budget) {
        RemainingBudget now = budget;
        PrivacyCost total = budget == null ? PrivacyCost.NOTHING : budget.charged();
        Delta forIds =
                request.items() instanceof ItemIds.SelectedPrivately ? PartitionSelection.deltaOf(cap) : Delta.ZERO;
        double left = now == null ? Double.POSITIVE_INFINITY : now.left(forIds);
        double spent = cap.epsilon(total);
        Rho refused = Rho.MAX; // a price of this rho or more is refused without asking OpenDP
        Map<Double, Priced> plans = new HashMap<>();
        for (ScheduledRelease release : planned) {
            Priced priced = plans.computeIfAbsent(
                    release.epsilon(),
                    epsilon -> Priced.of(request.withEpsilon(epsilon).plan(cap)));
            PrivacyCost price = priced.price();
            boolean admitted = now == null || (price.rho().compareTo(refused) < 0 && now.admits(price));
            if (admitted) {
                total = total.plus(price);
                spent = cap.epsilon(total);
                if (now != null) {
                    now = now.after(price);
                    left = now.left(forIds);
                }
            } else if (price.rho().compareTo(refused) < 0) {
                refused = price.rho();
            }
            entries.add(
                    new Entry(entries.size() + 1, release.date(), priced.plan(), price, admitted, total, spent, left));
        }
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Returns the price of all that is admitted, and of what was spent before. */
    public PrivacyCost total() {
        return entries.get(entries.size() - 1).total();
    }

    /** Returns the first training that would be refused, or null if all are admitted. */
    public @Nullable Entry firstRefused() {
        return entries.stream().filter(entry -> !entry.admitted()).findFirst().orElse(null);
    }

    /** Returns whether everything after an entry would be refused, too. */
    public boolean refusesTheRest(Entry first) {
        return entries.stream().skip(first.number()).noneMatch(Entry::admitted);
    }
}
