package discreet.evaluate;

import discreet.history.RatedHistory;
import discreet.history.RatingRange;
import java.util.stream.IntStream;

/**
 * One person of a hold-out, with ratings. Arrays are compared by identity, so do not compare people.
 *
 * @param history what is known
 * @param items item indices whose ratings were hidden; whoever has none is left out of every metric
 * @param ratings what they were rated
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RatedUser(RatedHistory history, int[] items, double[] ratings) {

    /**
     * The two sides of a split. An item that is known and hidden at once has nothing left to predict: it is left out.
     *
     * @param range what both sides were read by
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
