package io.discreet.jobs;

import io.discreet.gram.RatingRange;
import io.discreet.ledger.Ledger;
import io.discreet.model.Catalogue;
import io.discreet.model.RankingModel;
import io.discreet.model.RatingModel;
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
        return recommender(catalogue, epsilon)
                .setMinRating(minRating)
                .fit(ratings)
                .ranking();
    }

    /** @param people about how many there are */
    RatingModel trainRating(Dataset<Row> ratings, Catalogue catalogue, double epsilon, RatingRange range, long people) {
        return (RatingModel) recommender(catalogue, epsilon)
                .setObjective("rating")
                .setRatingRange(range.low(), range.high())
                .setExpectedPeople(people)
                .fit(ratings)
                .model();
    }

    private DiscreetRecommender recommender(Catalogue catalogue, double epsilon) {
        String population = "trial-" + ++trials;
        try (Ledger open = Ledger.open(ledger)) {
            open.openPopulation(population, new Budget(epsilon, DELTA), null);
        }
        return new DiscreetRecommender()
                .setLedger(ledger)
                .setPopulation(population)
                .setCatalogue(catalogue)
                .setEpsilon(epsilon);
    }
}
