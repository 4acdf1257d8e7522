package discreet.cli.shared;

import discreet.InputException;
import discreet.spark.ratings.Histories;

/** Refuses histories without a column of ratings where the model predicts ratings from a user's own. */
public final class RequiredRatings {
    private RequiredRatings() {}

    /**
     * Checks the schema of {@code histories}, before any row is read.
     *
     * @param doing the command, for the message
     * @param path where the histories come from, for the message
     * @throws InputException if there is no column of ratings
     */
    public static void check(String doing, String path, Histories histories) {
        if (!histories.hasRatings()) {
            throw new InputException("Cannot " + doing + ": " + path + " has no column of ratings, and this model"
                    + " predicts ratings from a person's own. Name the column with --rating-column.");
        }
    }
}
