package discreet.ledger;

import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@link Budget#admits} for one budget, again and again. OpenDP takes milliseconds, so it is asked
 * once for the largest rho. It says that this rho costs no more than epsilon, so a smaller rho does not
 * either. Above that rho OpenDP is asked each time. Safe for use by several threads.
 */
final class AdmissionCache {

    private final Budget budget;
    private volatile @Nullable Limit limit;

    AdmissionCache(Budget budget) {
        this.budget = budget;
    }

    /** Holds the largest rho at one charged delta. Delta hardly ever changes, so one is enough. */
    private record Limit(Delta charged, Rho largest) {}

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
