package discreet.plan;

import discreet.history.RatingRange;
import discreet.model.TrainingParameters;
import discreet.privacy.Budget;

/** What a training learns. Each objective has its own plan, releases and model. */
public sealed interface Objective {
    /** Returns the objective's name in ledgers, models and parameters: {@code ranking} or {@code rating}. */
    String name();

    /**
     * Returns whether a training of this objective reads a public catalogue, so that ids cannot be selected
     * privately.
     */
    boolean needsCatalogue();

    /** Prices a training of this objective. */
    TrainingPlan plan(TrainingRequest request, Budget budget);

    /** Returns the parameters that a model of this objective keeps for its readers. */
    TrainingParameters parameters(int maxItemsPerUser, int maxHead);

    /** Says, for a report, what a model learns where noise leaves little of the data. */
    String fallback();

    /**
     * Learns which items a user will like.
     *
     * @param minRating rows with lower ratings are left out; negative infinity keeps every row
     * @param content whether rows of the Gram matrix lean towards the genres and decades of the catalogue
     */
    record Ranking(double minRating, boolean content) implements Objective {
        public static final String NAME = "ranking";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public boolean needsCatalogue() {
            return content;
        }

        @Override
        public TrainingPlan plan(TrainingRequest request, Budget budget) {
            return RankingPlan.of(request, this, budget);
        }

        @Override
        public TrainingParameters parameters(int maxItemsPerUser, int maxHead) {
            return new TrainingParameters(minRating, maxItemsPerUser, maxHead, null, content);
        }

        @Override
        public String fallback() {
            return "lists will be close to popularity.";
        }
    }

    /**
     * Learns how a user will rate an item.
     *
     * @param range the declared range of ratings, never observed
     * @param expectedPeople about how many users there are, from public knowledge: the division of the budget
     *     depends on it
     */
    record Rating(RatingRange range, long expectedPeople) implements Objective {
        public static final String NAME = "rating";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public boolean needsCatalogue() {
            return true;
        }

        @Override
        public TrainingPlan plan(TrainingRequest request, Budget budget) {
            return RatingPlan.of(request, this, budget);
        }

        /** Keeps every row: low ratings say what users do not like. */
        @Override
        public TrainingParameters parameters(int maxItemsPerUser, int maxHead) {
            return new TrainingParameters(Double.NEGATIVE_INFINITY, maxItemsPerUser, maxHead, range);
        }

        @Override
        public String fallback() {
            return "predictions will be close to what each person and item get on average.";
        }
    }
}
