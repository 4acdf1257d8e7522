package discreet.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports the quality of a model as released with noise, as means over users with their intervals.
 *
 * @param cuts quality of lists by cut-off, ascending, or empty for a rating model
 * @param errors errors of predicted ratings, or null for a ranking
 */
public record ReleasedQuality(List<Cut> cuts, @Nullable Errors errors) {
    public ReleasedQuality {
        cuts = List.copyOf(cuts);
    }

    /** Reports the quality of lists that are cut at k. */
    public record Cut(int k, Interval recall, Interval ndcg) {}

    /**
     * Reports the errors of predictions, in ratings. Every user has the same weight, whatever the number of
     * hidden ratings.
     *
     * @param absolute mean over users of the mean absolute error
     * @param rootMeanSquare root of the mean over users of the mean squared error
     */
    public record Errors(Interval absolute, Interval rootMeanSquare) {}
}
