package discreet.evaluate;

import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import discreet.model.RatingScorer;
import org.jspecify.annotations.Nullable;

/**
 * Mean absolute error of the person's hidden ratings, and their mean squared error, by the width of the range and its square: predictions
 * and ratings are inside the range, so both are in [0, 1].
 */
public record RatingMeasure(RatingScorer scorer, RatingRange range) implements Measure<RatedHistory> {

    @Override
    public int metrics() {
        return 2;
    }

    @Override
    public double @Nullable [] of(@Nullable RatedHistory known, RatedHistory hidden) {
        RatedUser person = RatedUser.of(known == null ? RatedHistory.EMPTY : known, hidden, range);
        int count = person.items().length;
        if (count == 0) {
            return null;
        }
        double[] sums = RatingErrors.sums(scorer.predict(person.history(), person.items()), person.ratings());
        double width = range.high() - range.low();
        return new double[] {sums[1] / count / width, sums[0] / count / width / width};
    }
}
