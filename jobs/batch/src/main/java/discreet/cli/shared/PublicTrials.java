package discreet.cli.shared;

import discreet.catalogue.Catalogue;
import discreet.history.RatingRange;
import discreet.ledger.Ledger;
import discreet.model.RankingModel;
import discreet.model.RatingModel;
import discreet.privacy.Budget;
import discreet.spark.DiscreetRecommender;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Runs trainings on public data, never on private data. They are real trainings against a ledger that is
 * deleted with its folder. Each has a population of its own, so these charges limit nothing.
 */
public final class PublicTrials {
    public static final double DELTA = 1e-5;

    private final String ledger;
    private int trials;

    /**
     * Keeps the ledger in a folder.
     *
     * @param folder a temporary folder, which the caller deletes
     */
    public PublicTrials(Path folder) {
        this.ledger = Ledger.sqliteUrl(folder.resolve("throw-away.db"));
    }

    /** @param catalogue null: item ids are found out, as in a training without a list of items */
    public RankingModel train(Dataset<Row> ratings, @Nullable Catalogue catalogue, double epsilon, double minRating) {
        DiscreetRecommender recommender = new DiscreetRecommender();
        if (catalogue != null) {
            recommender.setCatalogue(catalogue);
        }
        return train(ratings, recommender.setEpsilon(epsilon).setMinRating(minRating));
    }

    /** Trains a ranking as asked, in a population of its own. */
    public RankingModel train(Dataset<Row> ratings, DiscreetRecommender recommender) {
        return inPopulation(recommender).fit(ratings).ranking();
    }

    /** @param people about how many there are */
    public RatingModel trainRating(
            Dataset<Row> ratings, Catalogue catalogue, double epsilon, RatingRange range, long people) {
        DiscreetRecommender recommender = new DiscreetRecommender()
                .setObjective("rating")
                .setCatalogue(catalogue)
                .setEpsilon(epsilon)
                .setRatingRange(range.low(), range.high())
                .setExpectedPeople(people);
        return (RatingModel) inPopulation(recommender).fit(ratings).model();
    }

    private DiscreetRecommender inPopulation(DiscreetRecommender recommender) {
        String population = "trial-" + ++trials;
        double epsilon = (double) recommender.getOrDefault(recommender.epsilon());
        try (Ledger open = Ledger.open(ledger)) {
            open.openPopulation(population, cap(epsilon, recommender), null);
        }
        return recommender.setLedger(ledger).setPopulation(population);
    }

    /** Sets a part of delta apart for item ids only where they are selected privately. */
    private static Budget cap(double epsilon, DiscreetRecommender recommender) {
        return recommender.hasCatalogue() ? new Budget(epsilon, DELTA) : Budget.withItems(epsilon, DELTA);
    }
}
