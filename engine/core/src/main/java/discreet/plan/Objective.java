package discreet.plan;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.ItemTags;
import discreet.history.RatingRange;
import discreet.history.RowRules;
import discreet.model.RankingModel;
import discreet.model.RatingModel;
import discreet.model.TrainingParameters;
import discreet.privacy.Budget;
import java.util.function.Supplier;

/** Says what a training learns. Each objective has its own plan, releases and model. */
public sealed interface Objective {
    /** Returns the objective's name in ledgers, models and parameters: {@code ranking} or {@code rating}. */
    String name();

    /**
     * Returns whether a public catalogue must list the items. Otherwise their ids may be selected privately.
     */
    boolean needsCatalogue();

    /**
     * Verifies that a training of this objective can take its item ids from this source.
     *
     * @throws InputException if it needs a catalogue and there is none
     */
    default void requireItems(ItemIds items) {
        if (needsCatalogue() && items instanceof ItemIds.SelectedPrivately) {
            throw new InputException("train", whyCatalogue());
        }
    }

    /** Says in a message why a public catalogue must list the items, and what to do. */
    String whyCatalogue();

    /**
     * Returns the objective of a quote. The lowest rating and the range of ratings are left open, because no
     * price depends on them: sums are of ratings on the scale of [-1, 1].
     *
     * @param name {@code ranking} or {@code rating}
     * @param expectedPeople about how many users there are. Only rating models need it
     * @throws InputException if there is no such objective
     */
    static Objective priced(String name, long expectedPeople) {
        return of(
                name,
                () -> new Ranking(Double.NEGATIVE_INFINITY, false),
                () -> new Rating(RatingRange.UNIT, expectedPeople));
    }

    /**
     * Makes the objective of this name.
     *
     * @throws InputException if there is no such objective
     */
    static Objective of(String name, Supplier<Objective> ranking, Supplier<Objective> rating) {
        return switch (name) {
            case Ranking.NAME -> ranking.get();
            case Rating.NAME -> rating.get();
            default ->
                throw new InputException(
                        "train",
                        "there is no objective '" + name + "'. Give `objective` ranking or `objective` rating.");
        };
    }

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
        public static final String NAME = RankingModel.OBJECTIVE;

        /** @throws InputException if the rating is neither finite nor negative infinity */
        public Ranking {
            RowRules.requireMinRating(minRating);
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public boolean needsCatalogue() {
            return content;
        }

        @Override
        public String whyCatalogue() {
            return "`content` is about genres and titles, which only `items` has. Name the catalogue with `items`, or"
                    + " leave `content` out.";
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
        public static final String NAME = RatingModel.OBJECTIVE;

        /** @throws InputException if the number of people is not positive */
        public Rating {
            RatingShares.requireExpectedPeople(expectedPeople);
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public boolean needsCatalogue() {
            return true;
        }

        @Override
        public String whyCatalogue() {
            return "`objective` rating needs `items`. Only rankings can select item ids privately.";
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
