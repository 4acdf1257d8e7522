package discreet.plan;

import discreet.ledger.PopulationStatus;
import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Holds the budget that planned trainings would be paid from, which is a population's or a cap without
 * charges. It answers what would be admitted and what would be left, and charges nothing.
 *
 * @param population name of the population. Null for a cap alone
 * @param charged what is spent
 * @param closed whether the population refuses further charges
 * @param most the largest rho that the cap admits in all, kept because it takes some milliseconds to find
 */
public record RemainingBudget(@Nullable String population, Budget cap, PrivacyCost charged, boolean closed, Rho most) {
    private static final int DIGITS = 4;

    /** Returns the budget of a population as it stands. */
    public static RemainingBudget of(PopulationStatus status) {
        return new RemainingBudget(
                status.name(),
                status.cap(),
                status.charged(),
                status.closed(),
                status.cap().largestRho(status.charged().delta()));
    }

    /** Returns the budget of a cap, with nothing spent. */
    public static RemainingBudget full(Budget cap) {
        return new RemainingBudget(null, cap, PrivacyCost.NOTHING, false, cap.largestRho());
    }

    /** Decides as the ledger does, by {@link Budget#admits}. */
    public boolean admits(PrivacyCost price) {
        PrivacyCost total = charged.plus(price);
        return !closed && cap.admits(total.rho(), total.delta());
    }

    /** Returns the budget after another charge, which is not checked. */
    public RemainingBudget after(PrivacyCost price) {
        return withCharged(charged.plus(price));
    }

    /** Returns the same budget with another sum of charges. */
    public RemainingBudget withCharged(PrivacyCost sum) {
        Rho left = sum.delta().equals(charged.delta()) ? most : cap.largestRho(sum.delta());
        return new RemainingBudget(population, cap, sum, closed, left);
    }

    /** Returns the largest epsilon that one more training over listed items can ask for. */
    public double left() {
        if (closed || most.compareTo(charged.rho()) <= 0) {
            return 0;
        }
        return charged.equals(PrivacyCost.NOTHING)
                ? cap.epsilon()
                : Budget.largestEpsilon(most.minus(charged.rho()), cap.delta());
    }

    /** Returns the same for a training that is charged {@code next} of delta for partition selection. */
    public double left(Delta next) {
        if (next.isZero()) {
            return left();
        }
        return closed ? 0 : cap.epsilonLeft(charged, next);
    }

    /**
     * Returns the same rounded down to four digits, which a user can read, type and be granted.
     */
    public double leftToAskFor(Delta next) {
        return BigDecimal.valueOf(left(next))
                .round(new MathContext(DIGITS, RoundingMode.DOWN))
                .doubleValue();
    }

    /** Returns the epsilon of everything that is charged, at the cap's delta. */
    public double spent() {
        return charged.epsilon(cap.delta());
    }

    /** Counts how many trainings of one price fit, one after the other. */
    public long fitting(PrivacyCost price) {
        if (!admits(price)) {
            return 0;
        }
        if (price.delta().isZero()) {
            return most.compareTo(charged.rho()) < 0
                    ? 0
                    : most.minus(charged.rho()).units() / price.rho().units();
        }
        long fit = 0;
        for (RemainingBudget now = this; now.admits(price); now = now.after(price)) {
            fit++; // at most as often as its delta goes into the cap's
        }
        return fit;
    }
}
