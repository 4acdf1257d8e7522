package discreet.evaluate;

import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import discreet.model.RatingScorer;
import org.jspecify.annotations.Nullable;

/**
 * Measures the mean absolute error of a user's hidden ratings, divided by the width of the range, and their
 * mean squared error, divided by its square. Predictions and ratings are inside the range, so both are in [0,
 * 1].
 */
public record RatingMeasure(RatingScorer scorer, RatingRange range) implements Measure<RatedHistory> {

    @Override
    public int metrics() {
        return 2;
    }

    @Override
    public double @Nullable [] of(@Nullable RatedHistory known, RatedHistory hidden) {
        RatedUser user = RatedUser.of(known == null ? RatedHistory.EMPTY : known, hidden, range);
        int count = user.items().length;
        if (count == 0) {
            return null;
        }
        double[] sums = RatingErrors.sums(scorer.predict(user.history(), user.items()), user.ratings());
        double width = range.high() - range.low();
        return new double[] {sums[1] / count / width, sums[0] / count / width / width};
    }
}
