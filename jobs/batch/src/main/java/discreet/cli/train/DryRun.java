package discreet.cli.train;

import discreet.catalogue.Catalogue;
import discreet.catalogue.CatalogueReader;
import discreet.ledger.Population;
import discreet.ledger.ReleaseId;
import discreet.plan.Assumptions;
import discreet.plan.TrainingPlan;
import discreet.plan.TrainingRequest;
import discreet.privacy.PrivacyCost;
import discreet.spark.ratings.HashRangeFile;
import org.jspecify.annotations.Nullable;

/**
 * Runs every check that does not need the ratings, without Spark.
 *
 * @param population would pay
 * @param plan what would be charged, for all users
 */
record DryRun(Population population, TrainingPlan plan) {
    /**
     * Quotes the training and checks that the budget admits it.
     *
     * @param release the id to give or to resume, null for a new one
     * @param ratings where they are; only the note of their hash range is read
     * @param items path of the catalogue. Null if private partition selection finds the ids
     * @throws discreet.InputException if the catalogue cannot be used, or the release has other parameters
     * @throws discreet.BudgetException if the budget would refuse it
     */
    QuoteReport quote(@Nullable String release, String ratings, @Nullable String items, String itemColumn) {
        if (items == null) {
            return quote(release, ratings, TrainingPlan.DISCOVERED, Assumptions.DEFAULT.items());
        }
        Catalogue catalogue = CatalogueReader.read(items, itemColumn);
        return quote(release, ratings, plan.digest(catalogue), catalogue.size());
    }

    private QuoteReport quote(@Nullable String release, String ratings, String catalogue, int size) {
        TrainingRequest request = plan.request().withUsers(HashRangeFile.find(ratings));
        TrainingPlan charged = request.plan(population.cap().delta());
        PrivacyCost due =
                population.check(charged.reservation(release == null ? ReleaseId.fresh() : release, catalogue));
        Assumptions assumed = new Assumptions(charged.assumedPeople(), size, request.maxHead());
        RemainingBudget now = RemainingBudget.of(population.status());
        RemainingBudget after = now.withCharged(population.chargedWith(request.users(), due));
        return new QuoteReport(charged, assumed, now, new QuoteReport.Charge(request.users(), due, after));
    }
}
