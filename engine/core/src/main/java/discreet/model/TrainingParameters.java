package discreet.model;

import discreet.history.RatingRange;
import org.jspecify.annotations.Nullable;

/**
 * Records the public parameters of a training that readers of the model need. They say what counted as a
 * preference, and how much of each user counted.
 *
 * @param minRating rows with lower ratings did not count. Negative infinity means that every row counted
 * @param maxItemsPerUser the most items of a user that counted
 * @param maxHead the operator's limit on the head's size
 * @param ratingRange the declared range of ratings. Null if a ranking was trained without one
 * @param content whether rows of the Gram matrix leaned towards the genres and decades of the catalogue
 */
public record TrainingParameters(
        double minRating,
        int maxItemsPerUser,
        int maxHead,
        @Nullable RatingRange ratingRange,
        boolean content) {

    /** Creates the parameters of a training that ignores the genres and decades of the catalogue. */
    public TrainingParameters(double minRating, int maxItemsPerUser, int maxHead, @Nullable RatingRange ratingRange) {
        this(minRating, maxItemsPerUser, maxHead, ratingRange, false);
    }

    /** Creates the parameters of a ranking without a declared range. */
    public TrainingParameters(double minRating, int maxItemsPerUser, int maxHead) {
        this(minRating, maxItemsPerUser, maxHead, null);
    }
}
