package discreet.plan;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.history.RatingColumns;
import discreet.history.RatingRange;
import discreet.history.RowRules;
import discreet.model.TrainingParameters;
import discreet.privacy.Budget;
import discreet.privacy.HashRange;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything that the price and the meaning of a training depend on, validated once. The command line,
 * the Spark estimator and other front ends all make one, and {@link #plan} turns it into the object that is
 * quoted, reserved and charged.
 *
 * @param objective what is learned
 * @param epsilon price of the training at the population's delta, finite and above 0
 * @param maxItemsPerUser most items of a user that count, at least 1
 * @param maxHead the operator's limit on the number of items that tastes are learned over, at least 1
 * @param items where the item ids come from
 * @param guard decides from the released number of people whether the training goes on
 * @param users the users who are trained on and charged. Null means all
 */
public record TrainingRequest(
        Objective objective,
        double epsilon,
        int maxItemsPerUser,
        int maxHead,
        ItemIds items,
        PeopleGuard guard,
        @Nullable HashRange users) {

    /** Default limit on the number of items that tastes are learned over. */
    public static final int DEFAULT_MAX_HEAD = 4096;

    /** @throws InputException if a number is out of range, or the objective needs a catalogue and has none */
    public TrainingRequest {
        try {
            Budget.requireEpsilon(epsilon);
            RowRules.requireMaxItemsPerUser(maxItemsPerUser);
            requireMaxHead(maxHead);
            objective.requireItems(items);
        } catch (InputException e) {
            throw e.during("train");
        }
    }

    static void requireMaxHead(int maxHead) {
        Assumptions.requirePositive("maxHead", maxHead);
    }

    /** Starts a request. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the same request over a catalogue.
     *
     * @throws InputException if rows are to lean towards content and the catalogue has none
     */
    public TrainingRequest over(Catalogue catalogue) {
        ItemIds listed = new ItemIds.Listed(objective.digest(catalogue));
        return new TrainingRequest(objective, epsilon, maxItemsPerUser, maxHead, listed, guard, users);
    }

    /** Returns the same request at another price. */
    public TrainingRequest withEpsilon(double price) {
        return new TrainingRequest(objective, price, maxItemsPerUser, maxHead, items, guard, users);
    }

    /**
     * Returns the plan of this request, with its price.
     *
     * @param cap the population's, whose deltas the price is for. Its epsilon is not used
     * @throws InputException if the budget is too small to be split among the vectors of a training
     */
    public TrainingPlan plan(Budget cap) {
        return objective.plan(this, cap.withEpsilon(epsilon));
    }

    /** Returns the parameters that a model keeps for its readers. */
    public TrainingParameters parameters() {
        return objective.parameters(maxItemsPerUser, maxHead);
    }

    /** Returns the rules by which rows count. */
    public RowRules rules() {
        return new RowRules(parameters().minRating(), maxItemsPerUser, users);
    }

    /**
     * Refuses data without a column of ratings if ratings choose rows or are what is learned. Without this,
     * every row would count, low ratings as liking, or none would.
     */
    public void requireRatings(boolean hasRatings, RatingColumns columns) {
        boolean chosen = rules().minRating() != Double.NEGATIVE_INFINITY;
        if (!hasRatings && (chosen || objective instanceof Objective.Rating)) {
            throw new InputException(
                    "train",
                    (chosen ? "`minRating` is given" : "`objective` rating learns from ratings")
                            + ", and the data has no column '" + columns.rating() + "'. Name the column of ratings with"
                            + " `ratingCol`" + (chosen ? ", or leave `minRating` out." : "."));
        }
    }

    /**
     * Takes parameters one by one, by the names that users know them by, and refuses combinations that make
     * no sense. A parameter that is not set keeps its default.
     */
    public static final class Builder {
        private String objective = Objective.Ranking.NAME;
        private double epsilon = Double.NaN;
        private @Nullable Double minRating;
        private double @Nullable [] ratingRange;
        private @Nullable Long expectedPeople;
        private int maxItemsPerUser = RowRules.DEFAULT.maxItemsPerUser();
        private int maxHead = DEFAULT_MAX_HEAD;
        private boolean content;
        private PeopleGuard guard = PeopleGuard.DEFAULT;
        private @Nullable Catalogue catalogue;
        private boolean toBeListed;
        private @Nullable HashRange users;

        private Builder() {}

        /** Sets the objective, {@code ranking} (default) or {@code rating}. */
        public Builder objective(String name) {
            this.objective = name;
            return this;
        }

        public Builder epsilon(double price) {
            this.epsilon = price;
            return this;
        }

        /**
         * Sets, for rankings, the rating below which rows are left out. Null, the default, and negative
         * infinity keep every row.
         */
        public Builder minRating(@Nullable Double rating) {
            this.minRating = rating;
            return this;
        }

        /**
         * Sets the lowest and highest possible rating. Rating models require them. A ranking only checks
         * {@code minRating} against them.
         */
        public Builder ratingRange(double low, double high) {
            return ratingRange(new double[] {low, high});
        }

        /** Sets the same as an array of two numbers. Null, the default, declares no range. */
        public Builder ratingRange(double @Nullable [] lowAndHigh) {
            this.ratingRange = lowAndHigh == null ? null : lowAndHigh.clone();
            return this;
        }

        /**
         * Sets, for rating models, about how many users there are, from public knowledge. Null means 10,000.
         */
        public Builder expectedPeople(@Nullable Long number) {
            this.expectedPeople = number;
            return this;
        }

        public Builder maxItemsPerUser(int most) {
            this.maxItemsPerUser = most;
            return this;
        }

        public Builder maxHead(int most) {
            this.maxHead = most;
            return this;
        }

        /** Sets, for rankings with a catalogue, whether rows lean towards its genres and decades. */
        public Builder content(boolean lean) {
            this.content = lean;
            return this;
        }

        /**
         * Sets the smallest released number of people with which the training goes on, 100 by default.
         * Otherwise it stops after that number, and the rest of the price is given back. 0 always goes on.
         */
        public Builder atLeastPeople(long people) {
            this.guard = new PeopleGuard(people);
            return this;
        }

        /** Sets the public catalogue that lists the items. Null, the default, selects item ids privately. */
        public Builder catalogue(@Nullable Catalogue listed) {
            this.catalogue = listed;
            return this;
        }

        /**
         * Says whether a catalogue will list the items, which {@link TrainingRequest#over} gives. A request
         * can be checked so before the catalogue is read.
         */
        public Builder itemsToBeListed(boolean listed) {
            this.toBeListed = listed;
            return this;
        }

        /**
         * Sets the hash range of the only users who are trained on and charged. Null, the default, means all
         * users.
         */
        public Builder users(@Nullable HashRange users) {
            this.users = users;
            return this;
        }

        /** @throws InputException if a parameter is out of range, or two do not go together */
        public TrainingRequest build() {
            ItemIds items =
                    toBeListed || catalogue != null ? new ItemIds.ToBeListed() : new ItemIds.SelectedPrivately();
            TrainingRequest request =
                    new TrainingRequest(objective(), epsilon, maxItemsPerUser, maxHead, items, guard, users);
            return catalogue == null ? request : request.over(catalogue);
        }

        private Objective objective() {
            RatingRange range = range();
            try {
                return Objective.of(objective, this::ranking, () -> rating(range));
            } catch (InputException e) {
                throw e.during("train");
            }
        }

        private Objective ranking() {
            if (expectedPeople != null) {
                throw cannot(
                        "`expectedPeople` is for `objective` rating; a ranking's budget is divided without it. Leave it"
                                + " out.");
            }
            return new Objective.Ranking(minRating == null ? Double.NEGATIVE_INFINITY : minRating, content);
        }

        private Objective rating(@Nullable RatingRange range) {
            if (content) {
                throw cannot(
                        "`content` is for `objective` ranking. Leave it out: ratings use genres and decades anyway.");
            }
            if (minRating != null) {
                throw cannot(
                        "`objective` rating has no use for `minRating`: low ratings say what people do not like, and"
                                + " are learned from, too. Leave it out.");
            }
            if (range == null) {
                throw cannot(
                        "`objective` rating needs `ratingRange`, since the range must not be observed. Give the lowest"
                                + " and the highest possible rating, such as 1,5.");
            }
            return new Objective.Rating(range, expectedPeople == null ? Assumptions.DEFAULT.people() : expectedPeople);
        }

        private @Nullable RatingRange range() {
            if (ratingRange == null) {
                return null;
            }
            if (ratingRange.length != 2) {
                throw noRange();
            }
            RatingRange range;
            try {
                range = new RatingRange(ratingRange[0], ratingRange[1]);
            } catch (IllegalArgumentException e) {
                throw noRange();
            }
            if (minRating != null && minRating > range.high()) {
                throw cannot(
                        "`minRating` is above the range of ratings, so that no rating would count. Lower it, or correct"
                                + " `ratingRange`.");
            }
            return range;
        }

        private static InputException noRange() {
            return cannot("`ratingRange` must be two finite numbers, the smaller one first. Give them as in 1,5.");
        }

        private static InputException cannot(String why) {
            return new InputException("train", why);
        }
    }
}
