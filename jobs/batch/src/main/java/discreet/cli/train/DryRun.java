package discreet.cli.train;

import discreet.catalogue.Catalogue;
import discreet.cli.shared.Json;
import discreet.ledger.Population;
import discreet.ledger.ReleaseId;
import discreet.model.TrainingParameters;
import discreet.plan.RankingPlan;
import discreet.plan.RankingPlan.Assumptions;
import discreet.plan.RatingPlan;
import discreet.plan.TrainingPlan;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import discreet.spark.ratings.CatalogueReader;
import discreet.spark.ratings.HashRangeFile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A training up to the point where it would be charged: refused for what it would be refused for, the data aside. Spark is
 * not started; the catalogue, which is public, is read where it is CSV.
 */
record DryRun(Population population, TrainingPlan quote, TrainingParameters parameters) {
    /**
     * @param release the id to give or to take up again, null for a new one
     * @param ratings where they are: only the note of whose they are is read
     * @param items path of the catalogue; null: ids are found out
     * @throws discreet.InputException if the catalogue cannot be used, or the release has other parameters
     * @throws discreet.BudgetException if the budget would refuse it
     */
    QuoteReport quote(@Nullable String release, String ratings, @Nullable String items, String itemColumn) {
        if (items == null) {
            return quote(release, ratings, RankingPlan.DISCOVERED, Assumptions.DEFAULT.items());
        }
        Optional<Catalogue> catalogue = CatalogueReader.readCsv(items, itemColumn);
        // A catalogue that only Spark reads is taken to be the one that the release began with
        String digest = catalogue
                .map(listed -> quote.digest(listed, parameters))
                .or(() -> digest(release))
                .orElse("");
        int size = catalogue.map(Catalogue::size).orElse(Assumptions.DEFAULT.items());
        return quote(release, ratings, digest, size);
    }

    private QuoteReport quote(@Nullable String release, String ratings, String catalogue, int size) {
        HashRange hashRange = HashRangeFile.find(ratings);
        PrivacyCost due = population.check(
                quote.plan(release == null ? ReleaseId.fresh() : release, catalogue, parameters, hashRange));
        long people = quote instanceof RatingPlan rating ? rating.expectedPeople() : Assumptions.DEFAULT.people();
        Assumptions assumed = new Assumptions(people, size, parameters.maxHead());
        RemainingBudget now = RemainingBudget.of(population.status());
        RemainingBudget after = now.withCharged(population.chargedWith(hashRange, due));
        return new QuoteReport(quote, assumed, now, new QuoteReport.Charge(hashRange, due, after));
    }

    private Optional<String> digest(@Nullable String release) {
        return population.releases().stream()
                .filter(known -> known.releaseId().equals(release))
                .map(known -> Json.parsed(known.parameters()).path("catalogue").asText())
                .findFirst();
    }
}
