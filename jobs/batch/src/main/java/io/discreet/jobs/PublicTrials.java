package io.discreet.jobs;

import io.discreet.ledger.Ledger;
import io.discreet.model.Catalogue;
import io.discreet.model.RankingModel;
import io.discreet.privacy.Budget;
import io.discreet.train.DiscreetRecommender;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Trainings on data that is nobody's secret: real trainings, with a ledger that is thrown away with its folder. Each has a
 * population of its own, so nothing that is charged here means anything. Never for private data.
 */
final class PublicTrials {
    static final double DELTA = 1e-5;

    private final String ledger;
    private int trials;

    /** @param folder a temporary folder, whose owner removes it */
    PublicTrials(Path folder) {
        this.ledger = Ledger.sqliteUrl(folder.resolve("throw-away.db"));
    }

    RankingModel train(Dataset<Row> ratings, Catalogue catalogue, double epsilon, double minRating) {
        String population = "trial-" + ++trials;
        try (Ledger open = Ledger.open(ledger)) {
            open.openPopulation(population, new Budget(epsilon, DELTA), null);
        }
        return new DiscreetRecommender()
                .setLedger(ledger)
                .setPopulation(population)
                .setCatalogue(catalogue)
                .setEpsilon(epsilon)
                .setMinRating(minRating)
                .fit(ratings)
                .ranking();
    }
}
