package discreet.cli.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.cli.shared.BudgetShare;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.plan.RemainingBudget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;

/** Shows a budget to readers and programs. Spending is rounded up, and what is left is rounded down. */
record BudgetReport(RemainingBudget budget) {
    String text() {
        return (budget.population() == null
                        ? "a cap of epsilon "
                        : "population '" + budget.population() + "': cap epsilon ")
                + Figures.atLeast(budget.cap().epsilon()) + " at delta "
                + Figures.atLeast(budget.cap().delta())
                + (budget.charged().equals(PrivacyCost.NOTHING) ? ", nothing spent" : ", " + spentText())
                + (budget.closed() ? "; closed" : ", " + leftText(Delta.ZERO));
    }

    /** Says what is spent. */
    String spentText() {
        return "epsilon " + Figures.atLeast(budget.spent()) + " (" + share().spent() + " of the budget) spent";
    }

    BudgetShare share() {
        return new BudgetShare(budget.cap(), budget.charged());
    }

    /**
     * Says what is left for one more training that is charged {@code next} of delta for partition selection.
     */
    String leftText(Delta next) {
        double left = budget.left(next);
        return left > 0 ? "epsilon " + Figures.atMost(left) + " left" : "nothing left";
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        if (budget.population() != null) {
            json.put("population", budget.population());
        }
        return json.put("epsilon", budget.cap().epsilon())
                .put("delta", budget.cap().delta())
                .put("rhoSpent", budget.charged().rho().toDouble())
                .put("deltaSpent", budget.charged().delta().toDouble())
                .put("shareSpent", share().value())
                .put("epsilonSpent", budget.spent())
                .put("epsilonLeft", budget.left())
                .put("closed", budget.closed());
    }
}
