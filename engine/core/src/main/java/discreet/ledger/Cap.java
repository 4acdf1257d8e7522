package discreet.ledger;

import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import org.jspecify.annotations.Nullable;

/**
 * {@link Budget#admits} for one budget, again and again. OpenDP, which takes milliseconds, is asked once for the largest rho: it says
 * that this costs no more than epsilon, so a smaller one does not either. Above it OpenDP is asked each time. Safe for use by
 * several threads.
 */
final class Cap {

    private final Budget budget;
    private volatile @Nullable Limit limit;

    Cap(Budget budget) {
        this.budget = budget;
    }

    /** Delta hardly ever changes: one is enough. */
    private record Limit(Delta charged, Rho largest) {}

    boolean admits(PrivacyCost total) {
        Limit known = limit;
        if (known == null || !known.charged().equals(total.delta())) {
            known = new Limit(total.delta(), budget.largestRho(total.delta()));
            limit = known;
        }
        // Zero is also the answer where delta alone passes the budget: then nothing is admitted, not even zero.
        boolean isWithin = !known.largest().isZero() && total.rho().compareTo(known.largest()) <= 0;
        return isWithin || budget.admits(total.rho(), total.delta());
    }
}
