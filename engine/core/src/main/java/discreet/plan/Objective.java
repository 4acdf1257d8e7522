package discreet.plan;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.ItemTags;
import discreet.history.RatingRange;
import discreet.model.TrainingParameters;
import discreet.privacy.Budget;

/** Says what a training learns. Each objective has its own plan, releases and model. */
public sealed interface Objective {
    /** Returns the objective's name in ledgers, models and parameters: {@code ranking} or {@code rating}. */
    String name();

    /**
     * Verifies that a training of this objective can take its item ids from this source.
     *
     * @param doing what the caller does, for the message: {@code Cannot quote: ...}
     * @throws InputException if it needs a catalogue and there is none
     */
    void requireItems(String doing, ItemIds items);

    /**
     * Returns the identity of a catalogue that a rerun is held against. It covers the ids and, where the
     * training reads them, genres and decades.
     *
     * @throws InputException if rows are to lean towards content and the catalogue has none
     */
    String digest(Catalogue catalogue);

    /** Prices a training of this objective. */
    TrainingPlan plan(TrainingRequest request, Budget budget);

    /** Returns the parameters that a model of this objective keeps for its readers. */
    TrainingParameters parameters(int maxItemsPerUser, int maxHead);

    /** Says, for a report, what a model learns where noise leaves little of the data. */
    String fallback();

    /**
     * Learns which items a user will like.
     *
     * @param minRating rows with lower ratings are left out. Negative infinity keeps every row
     * @param content whether rows of the Gram matrix lean towards the genres and decades of the catalogue
     */
    record Ranking(double minRating, boolean content) implements Objective {
        public static final String NAME = "ranking";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void requireItems(String doing, ItemIds items) {
            if (content && items instanceof ItemIds.SelectedPrivately) {
                throw new InputException("Cannot " + doing + ": `content` is about genres and titles, which only"
                        + " `items` has. Name the catalogue with `items`, or leave `content` out.");
            }
        }

        @Override
        public String digest(Catalogue catalogue) {
            if (!content) {
                return catalogue.digest();
            }
            ItemTags tags = ItemTags.of(catalogue);
            if (tags.count() == 0) {
                throw new InputException("Cannot train with `content`: no item of the catalogue has genres, or a year"
                        + " at the end of its title. Add them, or leave `content` out.");
            }
            return catalogue.digest() + "/" + tags.digest();
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
     * @param expectedPeople about how many users there are, from public knowledge. The split of the budget
     *     among the vectors depends on it
     */
    record Rating(RatingRange range, long expectedPeople) implements Objective {
        public static final String NAME = "rating";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public void requireItems(String doing, ItemIds items) {
            if (items instanceof ItemIds.SelectedPrivately) {
                throw new InputException("Cannot " + doing
                        + ": `objective` rating needs `items`. Only rankings can select item ids privately.");
            }
        }

        /** Covers ids, genres and decades, because biases and predictions use the tags. */
        @Override
        public String digest(Catalogue catalogue) {
            return catalogue.digest() + "/" + ItemTags.of(catalogue).digest();
        }

        @Override
        public TrainingPlan plan(TrainingRequest request, Budget budget) {
            return RatingPlan.of(request, this, budget);
        }

        /** Keeps every row, because low ratings say what users do not like. */
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
