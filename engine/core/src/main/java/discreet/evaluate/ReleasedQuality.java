package discreet.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The quality of a model, released with noise: means over users, each with its interval.
 *
 * @param cuts quality of lists by cut-off, ascending; empty for a model that predicts ratings
 * @param errors of predicted ratings; null for a model that ranks
 */
public record ReleasedQuality(List<Cut> cuts, @Nullable Errors errors) {
    public ReleasedQuality {
        cuts = List.copyOf(cuts);
    }

    /** The quality of lists that are cut at k. */
    public record Cut(int k, Interval recall, Interval ndcg) {}

    /**
     * How far predictions are from ratings, in ratings. Every user counts alike, however many hidden ratings the user has.
     *
     * @param absolute mean over users of the mean absolute error
     * @param rootMeanSquare root of the mean over users of the mean squared error
     */
    public record Errors(Interval absolute, Interval rootMeanSquare) {}
}
