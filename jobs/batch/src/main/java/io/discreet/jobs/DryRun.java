package io.discreet.jobs;

import io.discreet.ledger.Population;
import io.discreet.ledger.ReleaseId;
import io.discreet.ledger.ReleaseStatus;
import io.discreet.ledger.ReleaseStatus.State;
import io.discreet.ledger.ReleaseStatus.VectorStatus;
import io.discreet.model.Catalogue;
import io.discreet.model.Parameters;
import io.discreet.privacy.Budget;
import io.discreet.privacy.Cell;
import io.discreet.privacy.Rho;
import io.discreet.ratings.CatalogueReader;
import io.discreet.ratings.CellFile;
import io.discreet.train.TrainingQuote;
import io.discreet.train.TrainingQuote.Assumptions;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * A training up to the point where it would be charged: refused for what it would be refused for, the data aside. Spark is
 * not started; the catalogue, which is public, is read where it is CSV.
 */
record DryRun(Population population, double epsilon, Parameters parameters) {
    /**
     * @param ratings path of the ratings: only its note of whose they are is read
     * @param release the id to give or to take up again, null for a new one
     * @param items path of the catalogue
     * @throws io.discreet.privacy.InputException if the catalogue cannot be used, or the release has other parameters
     * @throws io.discreet.privacy.BudgetException if the budget would refuse it
     */
    QuoteReport quote(String ratings, @Nullable String release, String items, String itemColumn) {
        TrainingQuote quote =
                TrainingQuote.of(new Budget(epsilon, population.cap().delta()));
        Optional<Catalogue> catalogue = CatalogueReader.readCsv(items, itemColumn);
        Optional<ReleaseStatus> before = population.releases().stream()
                .filter(known -> known.releaseId().equals(release))
                .findFirst();
        // A catalogue that only Spark reads is taken to be the one that the release began with
        String digest = catalogue
                .map(Catalogue::digest)
                .or(() -> before.map(DryRun::digest))
                .orElse("");
        Cell cell = CellFile.find(new Configuration(), ratings);
        population.check(quote.plan(release == null ? ReleaseId.fresh() : release, digest, parameters, cell));
        Assumptions usual = Assumptions.DEFAULT;
        Assumptions assumed = new Assumptions(
                usual.people(), catalogue.map(Catalogue::size).orElse(usual.items()), parameters.maxHead());
        Rho due = before.map(status -> due(status, quote)).orElse(quote.shares().total());
        return new QuoteReport(quote, assumed, Purse.of(population.status()), due);
    }

    private static String digest(ReleaseStatus release) {
        return Json.parsed(release.parameters()).path("catalogue").asText();
    }

    /** What may have been drawn and is not sealed is charged again. */
    private static Rho due(ReleaseStatus release, TrainingQuote quote) {
        Rho due = Rho.ZERO;
        for (VectorStatus vector : release.vectors()) {
            if (vector.state() == State.DRAWN) {
                due = due.plus(quote.rho(vector.name()));
            }
        }
        return due;
    }
}
