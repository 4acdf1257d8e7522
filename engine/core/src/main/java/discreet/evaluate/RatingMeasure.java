package discreet.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.catalogue.Catalogue;
import discreet.catalogue.ItemTags;
import discreet.history.HistoryForm;
import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import discreet.history.UserHistory;
import discreet.model.RatingModel;
import discreet.model.RatingScorer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures the mean absolute error of a user's hidden ratings, divided by the width of the range, and their
 * mean squared error, divided by its square. Predictions and ratings are inside the range, so both are in [0,
 * 1].
 */
public record RatingMeasure(RatingScorer scorer, RatingRange range) implements Measure<RatedHistory> {

    /** Returns the measure for a model. */
    public static RatingMeasure of(RatingModel model) {
        return new RatingMeasure(model.scorer(), model.ratingRange());
    }

    @Override
    public int metrics() {
        return 2;
    }

    @Override
    public HistoryForm<RatedHistory> historyForm() {
        return scorer.historyForm();
    }

    @Override
    public double @Nullable [] of(@Nullable UserHistory<RatedHistory> known, UserHistory<RatedHistory> hidden) {
        RatedHistory own = known == null ? RatedHistory.EMPTY : known.counted();
        RatedUser user = RatedUser.of(own, hidden.counted(), range);
        int count = user.items().length;
        if (count == 0) {
            return null;
        }
        double[] sums = RatingErrors.sums(scorer.predict(user.history(), user.items()), user.ratings());
        double width = range.high() - range.low();
        return new double[] {sums[1] / count / width, sums[0] / count / width / width};
    }

    @Override
    public void describe(ObjectNode parameters, Catalogue catalogue) {
        parameters.put("metrics", metrics()).put("tags", ItemTags.of(catalogue).digest()); // predictions depend on them
    }

    /**
     * {@inheritDoc} The errors are converted back to ratings. A root is increasing, so it maps an interval to
     * an interval.
     */
    @Override
    public ReleasedQuality quality(Interval[] means) {
        double width = range.high() - range.low();
        return new ReleasedQuality(
                List.of(),
                new ReleasedQuality.Errors(
                        means[0].map(mean -> width * mean), means[1].map(square -> width * Math.sqrt(square))));
    }
}
