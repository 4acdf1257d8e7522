package discreet.cli.shared;

import discreet.InputException;
import discreet.history.HistoryForm;

/** Refuses data without a column of ratings if the model reads them. */
public final class RequiredRatings {
    private RequiredRatings() {}

    /**
     * Refuses data by its schema, before any row is read.
     *
     * @param doing the command, for the message
     * @param path where the histories come from, for the message
     * @param hasRatings whether the data has a column of ratings
     * @param form the form in which the model reads histories
     * @throws InputException if the form holds ratings and the data has no column of them
     */
    public static void check(String doing, String path, boolean hasRatings, HistoryForm<?> form) {
        if (form.hasRatings() && !hasRatings) {
            throw new InputException("Cannot " + doing + ": " + path + " has no column of ratings, and this model"
                    + " predicts ratings from a person's own. Name the column with --rating-column.");
        }
    }
}
