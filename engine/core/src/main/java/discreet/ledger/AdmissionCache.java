package discreet.ledger;

import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import org.jspecify.annotations.Nullable;

/**
 * Gives the same answers as {@link Budget#admits} for one budget, faster. It remembers the largest admitted
 * rho for the latest delta. A total up to that is admitted at once, and OpenDP, which takes milliseconds, is
 * asked about a larger one. Safe for use by several threads.
 */
final class AdmissionCache {

    private final Budget budget;
    private volatile @Nullable Limit limit;

    AdmissionCache(Budget budget) {
        this.budget = budget;
    }

    /** Holds the largest rho at one charged delta. Delta hardly ever changes, so one is enough. */
    private record Limit(Delta charged, Rho largest) {}

    /** Returns whether releases that cost this much in all stay within the budget. */
    boolean admits(PrivacyCost total) {
        Limit known = limit;
        if (known == null || !known.charged().equals(total.delta())) {
            known = new Limit(total.delta(), budget.largestRho(total.delta()));
            limit = known;
        }
        // Zero is also the answer if delta alone exceeds the budget. Nothing is admitted then, not even zero.
        boolean isWithin = !known.largest().isZero() && total.rho().compareTo(known.largest()) <= 0;
        return isWithin || budget.admits(total.rho(), total.delta());
    }
}
