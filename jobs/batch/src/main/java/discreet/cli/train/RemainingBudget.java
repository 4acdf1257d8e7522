package discreet.cli.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.ledger.PopulationStatus;
import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import org.jspecify.annotations.Nullable;

/**
 * Holds the budget that planned trainings would be paid from: a population as it stands, or a cap without
 * charges.
 *
 * @param population name of the population. Null for a cap alone
 * @param charged what is spent
 * @param closed whether the population refuses further charges
 * @param most the largest rho that the cap admits in all, kept because it takes some milliseconds to find
 */
record RemainingBudget(@Nullable String population, Budget cap, PrivacyCost charged, boolean closed, Rho most) {
    static RemainingBudget of(PopulationStatus status) {
        return new RemainingBudget(
                status.name(),
                status.cap(),
                status.charged(),
                status.closed(),
                status.cap().largestRho(status.charged().delta()));
    }

    static RemainingBudget full(Budget cap) {
        return new RemainingBudget(null, cap, PrivacyCost.NOTHING, false, cap.largestRho());
    }

    /** Decides as the ledger does, by {@link Budget#admits}. */
    boolean admits(PrivacyCost price) {
        PrivacyCost total = charged.plus(price);
        return !closed && cap.admits(total.rho(), total.delta());
    }

    RemainingBudget after(PrivacyCost price) {
        return withCharged(charged.plus(price));
    }

    /** Returns the same budget with another sum of charges. */
    RemainingBudget withCharged(PrivacyCost sum) {
        Rho left = sum.delta().equals(charged.delta()) ? most : cap.largestRho(sum.delta());
        return new RemainingBudget(population, cap, sum, closed, left);
    }

    /** Returns the largest epsilon that one more training over listed items can ask for. */
    double left() {
        if (closed || most.compareTo(charged.rho()) <= 0) {
            return 0;
        }
        return charged.equals(PrivacyCost.NOTHING)
                ? cap.epsilon()
                : Budget.largestEpsilon(most.minus(charged.rho()), cap.delta());
    }

    /** Returns the same for a training that is charged {@code next} of delta for partition selection. */
    double left(Delta next) {
        if (next.isZero()) {
            return left();
        }
        return closed ? 0 : cap.epsilonLeft(charged, next);
    }

    double spent() {
        return charged.epsilon(cap.delta());
    }

    /** Counts how many trainings of one price fit, one after the other. */
    long fitting(PrivacyCost price) {
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

    String text() {
        return (population == null ? "a cap of epsilon " : "population '" + population + "': cap epsilon ")
                + Figures.atLeast(cap.epsilon()) + " at delta " + Figures.atLeast(cap.delta())
                + (charged.equals(PrivacyCost.NOTHING)
                        ? ", nothing spent"
                        : ", epsilon " + Figures.atLeast(spent()) + " spent")
                + (closed ? "; closed" : ", " + leftText());
    }

    String leftText() {
        return leftText(Delta.ZERO);
    }

    /**
     * Says what is left for one more training that is charged {@code next} of delta for partition selection.
     */
    String leftText(Delta next) {
        double left = left(next);
        return left > 0 ? "epsilon " + Figures.atMost(left) + " left" : "nothing left";
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        if (population != null) {
            json.put("population", population);
        }
        return json.put("epsilon", cap.epsilon())
                .put("delta", cap.delta())
                .put("rhoSpent", charged.rho().toDouble())
                .put("deltaSpent", charged.delta().toDouble())
                .put("epsilonSpent", spent())
                .put("epsilonLeft", left())
                .put("closed", closed);
    }
}
