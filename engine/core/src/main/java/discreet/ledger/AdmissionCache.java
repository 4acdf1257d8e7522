package discreet.ledger;

import discreet.privacy.Budget;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import org.jspecify.annotations.Nullable;

/**
 * Gives the same answers as {@link Budget#admits(PrivacyCost)} for one budget, faster. It remembers the
 * largest admitted rho. A total up to that is admitted at once, and OpenDP, which takes milliseconds, is
 * asked about a larger one. Safe for use by several threads.
 */
final class AdmissionCache {

    private final Budget budget;
    private volatile @Nullable Rho largest;

    AdmissionCache(Budget budget) {
        this.budget = budget;
    }

    /** Returns whether releases that cost this much in all stay within the budget. */
    boolean admits(PrivacyCost total) {
        Rho known = largest;
        if (known == null) {
            known = budget.largestRho();
            largest = known;
        }
        boolean isWithin = total.rho().compareTo(known) <= 0 && budget.admits(total.delta());
        return isWithin || budget.admits(total);
    }
}
