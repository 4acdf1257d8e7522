package discreet.statistics;

import discreet.history.RatedHistory;
import java.util.stream.IntStream;

/**
 * Ratings: preference .4 + e for each item of the history, e being the person's {@link Residuals}. That something was rated at all
 * says what a person likes, too: hence the .4.
 *
 * @param expected released: what each item of the catalogue is expected to get
 * @param certainty released: how much a rating of each item counts in the person's mean
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RatingRows(Head head, double[] expected, double[] certainty) implements RowDefinition<RatedHistory> {
    private static final double SHIFT = .4;

    @Override
    public Preferences of(RatedHistory person) {
        double[] residuals = Residuals.of(person, expected, certainty);
        int[] items = person.items();
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
