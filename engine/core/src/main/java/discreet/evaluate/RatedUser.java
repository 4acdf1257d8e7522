package discreet.evaluate;

import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import java.util.stream.IntStream;

/**
 * Separates one user's known ratings from the hidden ones to predict. Equality compares arrays by identity,
 * so do not compare instances.
 *
 * @param history the known ratings, in [-1, 1]
 * @param items item indices whose ratings were hidden. A user without any is left out of every metric.
 * @param ratings hidden rating of each of these items, on the scale of the declared range
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RatedUser(RatedHistory history, int[] items, double[] ratings) {

    /**
     * Combines the two sides of a split. An item on both sides has nothing left to predict, so it is left out
     * of the hidden ones.
     *
     * @param range the range with which both sides were read
     */
    public static RatedUser of(RatedHistory history, RatedHistory hidden, RatingRange range) {
        int[] left = IntStream.range(0, hidden.size())
                .filter(at -> !history.contains(hidden.items()[at]))
                .toArray();
        return new RatedUser(
                history,
                IntStream.of(left).map(at -> hidden.items()[at]).toArray(),
                IntStream.of(left)
                        .mapToDouble(at -> range.rating(hidden.values()[at]))
                        .toArray());
    }
}
