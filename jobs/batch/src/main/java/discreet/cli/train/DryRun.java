package discreet.cli.train;

import discreet.ledger.Population;
import discreet.ledger.ReleaseId;
import discreet.plan.Assumptions;
import discreet.plan.RemainingBudget;
import discreet.plan.TrainingPlan;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import org.jspecify.annotations.Nullable;

/**
 * Quotes the training that {@code train} is about to charge, and asks the ledger whether it would admit it.
 * Reads no ratings.
 */
final class DryRun {
    private DryRun() {}

    /**
     * @param population would pay
     * @param plan what would be charged
     * @param release the id to give or to resume, null for a new one
     * @param items number of items of the catalogue, or an assumption
     * @throws discreet.InputException if the release has other parameters
     * @throws discreet.BudgetException if the budget would refuse it
     */
    static QuoteReport quote(Population population, TrainingPlan plan, @Nullable String release, int items) {
        PrivacyCost due = population.check(plan.reservation(release == null ? ReleaseId.fresh() : release));
        HashRange users = plan.request().users();
        Assumptions assumed =
                new Assumptions(plan.assumedPeople(), items, plan.request().maxHead());
        RemainingBudget now = RemainingBudget.of(population.status());
        RemainingBudget after = now.withCharged(population.chargedWith(users, due));
        return new QuoteReport(plan, assumed, now, new QuoteReport.Charge(users, due, after));
    }
}
