package io.discreet.jobs;

import io.discreet.ledger.Population;
import io.discreet.ledger.ReleaseId;
import io.discreet.model.Catalogue;
import io.discreet.model.Parameters;
import io.discreet.privacy.Cell;
import io.discreet.privacy.Price;
import io.discreet.ratings.CatalogueReader;
import io.discreet.ratings.CellFile;
import io.discreet.train.Quote;
import io.discreet.train.RatingQuote;
import io.discreet.train.TrainingQuote;
import io.discreet.train.TrainingQuote.Assumptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A training up to the point where it would be charged: refused for what it would be refused for, the data aside. Spark is
 * not started; the catalogue, which is public, is read where it is CSV.
 */
record DryRun(Population population, Quote quote, Parameters parameters) {
    /**
     * @param release the id to give or to take up again, null for a new one
     * @param ratings where they are: only the note of whose they are is read
     * @param items path of the catalogue; null: ids are found out
     * @throws io.discreet.privacy.InputException if the catalogue cannot be used, or the release has other parameters
     * @throws io.discreet.privacy.BudgetException if the budget would refuse it
     */
    QuoteReport quote(@Nullable String release, String ratings, @Nullable String items, String itemColumn) {
        if (items == null) {
            return quote(release, ratings, TrainingQuote.DISCOVERED, Assumptions.DEFAULT.items());
        }
        Optional<Catalogue> catalogue = CatalogueReader.readCsv(items, itemColumn);
        // A catalogue that only Spark reads is taken to be the one that the release began with
        String digest =
                catalogue.map(Catalogue::digest).or(() -> digest(release)).orElse("");
        int size = catalogue.map(Catalogue::size).orElse(Assumptions.DEFAULT.items());
        return quote(release, ratings, digest, size);
    }

    private QuoteReport quote(@Nullable String release, String ratings, String catalogue, int size) {
        Cell cell = CellFile.find(ratings);
        Price due = population.check(
                quote.plan(release == null ? ReleaseId.fresh() : release, catalogue, parameters, cell));
        long people = quote instanceof RatingQuote rating ? rating.expectedPeople() : Assumptions.DEFAULT.people();
        Assumptions assumed = new Assumptions(people, size, parameters.maxHead());
        Purse now = Purse.of(population.status());
        Purse after = now.withCharged(population.chargedWith(cell, due));
        return new QuoteReport(quote, assumed, now, new QuoteReport.Charge(cell, due, after));
    }

    private Optional<String> digest(@Nullable String release) {
        return population.releases().stream()
                .filter(known -> known.releaseId().equals(release))
                .map(known -> Json.parsed(known.parameters()).path("catalogue").asText())
                .findFirst();
    }
}
