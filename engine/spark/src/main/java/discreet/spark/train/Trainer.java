package discreet.spark.train;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.history.RatingColumns;
import discreet.history.RowRules;
import discreet.ledger.Population;
import discreet.model.ReleasedModel;
import discreet.plan.ItemIds;
import discreet.plan.RatingPlan;
import discreet.plan.TrainingPlan;
import discreet.plan.TrainingRequest;
import discreet.spark.ratings.Histories;
import discreet.spark.ratings.ItemIdHistories;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.jspecify.annotations.Nullable;

/**
 * Charges a population and trains the model that a plan describes, on Spark. The command line and the
 * estimator both use it.
 */
public final class Trainer {
    private final TrainingPlan plan;
    private final TrainingRun run;

    /**
     * @param plan priced at the population's delta
     * @param population pays
     * @param releaseId id of the training, new or to be resumed
     * @param progress receives the name of each step, and nothing of the data
     * @throws IllegalArgumentException if the plan is priced at another delta than the population's
     */
    public Trainer(TrainingPlan plan, Population population, String releaseId, Consumer<String> progress) {
        if (!plan.budget().withEpsilon(1).equals(population.cap().withEpsilon(1))) {
            throw new IllegalArgumentException("The plan is priced at other deltas than the population's.");
        }
        this.plan = plan;
        this.run = new TrainingRun(plan, population, releaseId, progress);
    }

    /**
     * Charges the population and returns the trained model.
     *
     * @param ratings one row a rating. Unusable rows are left out
     * @param catalogue the public catalogue that the plan was made with. Null if item ids are selected
     *     privately
     * @throws InputException if a column is missing, or the release was reserved with other
     *     parameters
     * @throws discreet.BudgetException if the budget does not admit the plan. Nothing is charged then
     * @throws IllegalArgumentException if the catalogue is not one that the plan is for
     */
    public ReleasedModel train(Dataset<?> ratings, RatingColumns columns, @Nullable Catalogue catalogue) {
        requirePlanned(catalogue);
        RowRules rules = plan.request().rules();
        if (catalogue == null) {
            ItemIdHistories histories = ItemIdHistories.of(ratings, columns, rules);
            plan.request().requireRatings(histories.hasRatings(), columns);
            return plan.match(ranking -> new RankingTraining(ranking, run).run(histories), Trainer::withoutCatalogue);
        }
        Histories histories = Histories.of(ratings, columns, catalogue, rules);
        plan.request().requireRatings(histories.hasRatings(), columns);
        return plan.match(
                ranking -> new RankingTraining(ranking, run).run(histories),
                rating -> new RatingTraining(rating, run).run(histories));
    }

    private static ReleasedModel withoutCatalogue(RatingPlan rating) {
        throw new IllegalStateException("A request refuses ratings without a catalogue.");
    }

    private void requirePlanned(@Nullable Catalogue catalogue) {
        TrainingRequest request = plan.request();
        ItemIds given = catalogue == null
                ? new ItemIds.SelectedPrivately()
                : new ItemIds.Listed(request.objective().digest(catalogue));
        if (!given.equals(request.items())) {
            throw new IllegalArgumentException("The plan was made for another catalogue.");
        }
    }
}
