package discreet.statistics;

import discreet.history.RatedHistory;
import java.util.stream.IntStream;

/**
 * Defines the rows of a rating model. Each item of the history has preference .4 + e, where e are the user's
 * {@link Residuals}. The .4 is there because the choice to rate an item also says what a user likes.
 *
 * @param expected released, the expected rating of each item of the catalogue
 * @param certainty released, the weight of a rating of each item in the user's mean
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RatingRows(Head head, double[] expected, double[] certainty) implements RowDefinition<RatedHistory> {
    private static final double SHIFT = .4;

    @Override
    public Preferences of(RatedHistory history) {
        double[] residuals = Residuals.of(history, expected, certainty);
        int[] items = history.items();
        long[] order = IntStream.range(0, items.length)
                .filter(at -> head.position(items[at]) >= 0)
                .mapToLong(at -> (long) head.position(items[at]) << Integer.SIZE | at)
                .sorted()
                .toArray();
        int[] positions = new int[order.length];
        double[] values = new double[order.length];
        for (int x = 0; x < order.length; x++) {
            positions[x] = (int) (order[x] >> Integer.SIZE);
            values[x] = head.weight(positions[x]) * (SHIFT + residuals[(int) order[x]]);
        }
        return new Preferences(positions, values);
    }
}
