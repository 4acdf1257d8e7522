package discreet.model;

import discreet.history.RatingRange;
import org.jspecify.annotations.Nullable;

/**
 * Public parameters of a training that a model's user needs: what counted as a preference and how much of a person.
 *
 * @param minRating rows below it did not count; negative infinity where every row did
 * @param maxItemsPerUser how many items of a person counted at most
 * @param maxHead the operator's limit on the head's size
 * @param ratingRange the declared range of ratings; null where a ranking was trained without
 * @param content whether rows of the Gram matrix leaned towards what the catalogue says: genres and decades
 */
public record TrainingParameters(
        double minRating,
        int maxItemsPerUser,
        int maxHead,
        @Nullable RatingRange ratingRange,
        boolean content) {

    /** Of a training that does not look at what the catalogue says. */
    public TrainingParameters(double minRating, int maxItemsPerUser, int maxHead, @Nullable RatingRange ratingRange) {
        this(minRating, maxItemsPerUser, maxHead, ratingRange, false);
    }

    /** Of a ranking. */
    public TrainingParameters(double minRating, int maxItemsPerUser, int maxHead) {
        this(minRating, maxItemsPerUser, maxHead, null);
    }
}
