package discreet.cli.shared;

import discreet.catalogue.Catalogue;
import discreet.history.RatingColumns;
import discreet.history.RatingRange;
import discreet.ledger.Ledger;
import discreet.ledger.Population;
import discreet.ledger.ReleaseId;
import discreet.ledger.Released;
import discreet.model.Provenance;
import discreet.model.RankingModel;
import discreet.model.RatingModel;
import discreet.model.ReleasedModel;
import discreet.plan.Objective;
import discreet.plan.TrainingRequest;
import discreet.plan.VectorName;
import discreet.privacy.Budget;
import discreet.spark.train.Trainer;
import java.nio.file.Path;
import java.util.function.Consumer;
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

    /**
     * Trains a ranking.
     *
     * @param catalogue null: item ids are selected privately, as in a training without a list of items
     * @param minRating negative infinity keeps every row
     */
    public RankingModel train(Dataset<Row> ratings, @Nullable Catalogue catalogue, double epsilon, double minRating) {
        return train(
                ratings, catalogue, TrainingRequest.builder().epsilon(epsilon).minRating(minRating), step -> {});
    }

    /**
     * Trains a ranking as asked.
     *
     * @param asked says everything but the catalogue
     * @param progress receives the name of each step
     */
    public RankingModel train(
            Dataset<Row> ratings,
            @Nullable Catalogue catalogue,
            TrainingRequest.Builder asked,
            Consumer<String> progress) {
        return inPopulation(asked.catalogue(catalogue).atLeastPeople(0).build(), catalogue, ratings, progress)
                .match(ranking -> ranking, rating -> other(Objective.Rating.NAME));
    }

    /** Returns the Gram matrix that a trial of a ranking sealed. */
    public Released gram(RankingModel trained) {
        Provenance from = trained.provenance();
        try (Ledger open = Ledger.open(ledger)) {
            return open.population(from.population()).sealed(from.release(), VectorName.GRAM.text());
        }
    }

    /** @param people about how many there are */
    public RatingModel trainRating(
            Dataset<Row> ratings, Catalogue catalogue, double epsilon, RatingRange range, long people) {
        TrainingRequest request = TrainingRequest.builder()
                .objective(Objective.Rating.NAME)
                .epsilon(epsilon)
                .ratingRange(range.low(), range.high())
                .expectedPeople(people)
                .catalogue(catalogue)
                .atLeastPeople(0)
                .build();
        return inPopulation(request, catalogue, ratings, step -> {})
                .match(ranking -> other(Objective.Ranking.NAME), rating -> rating);
    }

    private static <T> T other(String trained) {
        throw new IllegalStateException("The training made a model for " + trained + ".");
    }

    private ReleasedModel inPopulation(
            TrainingRequest request, @Nullable Catalogue catalogue, Dataset<Row> ratings, Consumer<String> progress) {
        String name = "trial-" + ++trials;
        // A part of delta is for item ids only where they are selected privately
        Budget cap =
                catalogue == null ? Budget.withItems(request.epsilon(), DELTA) : new Budget(request.epsilon(), DELTA);
        try (Ledger open = Ledger.open(ledger)) {
            open.openPopulation(name, cap, null);
            Population population = open.population(name);
            return new Trainer(request.plan(cap), population, ReleaseId.fresh(), progress)
                    .train(ratings, RatingColumns.DEFAULT, catalogue);
        }
    }
}
