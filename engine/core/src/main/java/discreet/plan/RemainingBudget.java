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
 */
public final class RemainingBudget {
    private static final int DIGITS = 4;

    private final @Nullable String population;
    private final Budget cap;
    private final PrivacyCost charged;
    private final boolean closed;

    /** The largest rho that the cap admits in all, kept because it takes some milliseconds to find. */
    private final Rho most;

    private RemainingBudget(@Nullable String population, Budget cap, PrivacyCost charged, boolean closed, Rho most) {
        this.population = population;
        this.cap = cap;
        this.charged = charged;
        this.closed = closed;
        this.most = most;
    }

    /** Returns the budget of a population as it stands. */
    public static RemainingBudget of(PopulationStatus status) {
        return new RemainingBudget(
                status.name(),
                status.cap(),
                status.charged(),
                status.closed(),
                status.cap().largestRho());
    }

    /** Returns the budget of a cap, with nothing spent. */
    public static RemainingBudget full(Budget cap) {
        return new RemainingBudget(null, cap, PrivacyCost.NOTHING, false, cap.largestRho());
    }

    /** Returns the name of the population, or null for a cap alone. */
    public @Nullable String population() {
        return population;
    }

    public Budget cap() {
        return cap;
    }

    /** Returns what is spent. */
    public PrivacyCost charged() {
        return charged;
    }

    /** Returns whether the population refuses further charges. */
    public boolean closed() {
        return closed;
    }

    /** Decides as the ledger does, by {@link Budget#admits(PrivacyCost)}. */
    public boolean admits(PrivacyCost price) {
        PrivacyCost total = charged.plus(price);
        return !closed && cap.admits(total);
    }

    /** Returns the budget after another charge, which is not checked. */
    public RemainingBudget after(PrivacyCost price) {
        return withCharged(charged.plus(price));
    }

    /** Returns the same budget with another sum of charges. */
    public RemainingBudget withCharged(PrivacyCost sum) {
        return new RemainingBudget(population, cap, sum, closed, most);
    }

    /** Returns the largest epsilon that one more training over listed items can ask for. */
    public double left() {
        return left(Delta.ZERO);
    }

    /** Returns the same for a training that is charged {@code next} of delta for partition selection. */
    public double left(Delta next) {
        if (closed
                || most.compareTo(charged.rho()) <= 0
                || !cap.admits(charged.delta().plus(next))) {
            return 0;
        }
        return charged.rho().isZero() ? cap.epsilon() : cap.largestEpsilon(most.minus(charged.rho()));
    }

    /**
     * Returns the same rounded down to four digits, so that the printed number is admitted if it is
     * typed back.
     */
    public double leftToAskFor(Delta next) {
        return BigDecimal.valueOf(left(next))
                .round(new MathContext(DIGITS, RoundingMode.DOWN))
                .doubleValue();
    }

    /** Returns the epsilon of everything that is charged, at the cap's delta. */
    public double spent() {
        return cap.epsilon(charged);
    }

    /** Counts how many trainings of one price fit, one after the other. */
    public long fitting(PrivacyCost price) {
        if (!admits(price)) {
            return 0;
        }
        long byRho = most.minus(charged.rho()).units() / price.rho().units();
        return price.delta().isZero()
                ? byRho
                : Math.min(
                        byRho,
                        (cap.deltaForItems().units() - charged.delta().units())
                                / price.delta().units());
    }
}
