package discreet.history;

import discreet.catalogue.Catalogue;
import java.util.Arrays;

/**
 * Collects the rows of one user and applies the row rules for duplicates, threshold and cap, in this order.
 * Rows that count as absent are never added.
 *
 * <p>Of several rows of one item the latest counts, and among these the one with the highest rating. This is
 * a maximum in a total order. The order of the rows therefore does not matter, and duplicates may be resolved
 * before all rows have arrived, which happens whenever the arrays are full.
 *
 * <p><b>Memory.</b> The arrays have room for at most four times the user's distinct items, at 28 bytes each,
 * and 20 more while resolving. The catalogue bounds this, however many rows there are. The cap cannot bound
 * it (docs/decisions/026-packed-rows.md).
 */
public final class UserRows {
    /**
     * The rating of an item that was seen and not rated, in a row of time {@link RatingParser#OLDEST}. Every
     * other row of the item replaces such a row, and it never counts. Only histories for scoring have any.
     */
    public static final double UNRATED = Double.NEGATIVE_INFINITY;

    private static final int FIRST_CAPACITY = 256;
    private static final int LARGE = 1 << 16;

    private int[] items = new int[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    private double[] ratings = new double[FIRST_CAPACITY];
    private long[] order = new long[FIRST_CAPACITY];
    private int size;
    /** Whether items ascend and are distinct. */
    private boolean resolved = true;

    /** Removes all rows, for reuse with the next user. */
    public void clear() {
        if (items.length > LARGE) { // a user with very many rows must not make later ones expensive
            items = new int[FIRST_CAPACITY];
            times = new long[FIRST_CAPACITY];
            ratings = new double[FIRST_CAPACITY];
            order = new long[FIRST_CAPACITY];
        }
        size = 0;
        resolved = true;
    }

    /** Returns the number of rows held, duplicates that are not resolved yet included. */
    int size() {
        return size;
    }

    /**
     * Adds one row.
     *
     * @param item catalogue index
     * @param time in milliseconds since 1970, or {@link RatingParser#OLDEST}
     * @param rating finite, on the scale of the data, or {@link #UNRATED}
     */
    public void add(int item, long time, double rating) {
        if (size == items.length) {
            resolve();
            if (size > items.length / 2) {
                grow();
            }
        }
        resolved &= size == 0 || items[size - 1] < item;
        items[size] = item;
        times[size] = time;
        ratings[size] = rating;
        size++;
    }

    /**
     * Adds an item that the user has a row of, without a usable rating. It never counts, and no list has it.
     *
     * @param item catalogue index
     */
    public void addSeen(int item) {
        add(item, RatingParser.OLDEST, UNRATED);
    }

    /** Adds the rows that {@link PackedRows} packed. */
    public void add(byte[] packed) {
        PackedRows.Reader rows = new PackedRows.Reader(packed);
        while (rows.next()) {
            add(rows.item(), rows.time(), rows.rating());
        }
    }

    private void grow() {
        int capacity = 2 * items.length;
        items = Arrays.copyOf(items, capacity);
        times = Arrays.copyOf(times, capacity);
        ratings = Arrays.copyOf(ratings, capacity);
    }

    /**
     * Removes the rows that do not count, by applying the rules for duplicates, threshold and cap, in this
     * order.
     *
     * @param minRating rows with lower ratings do not count
     * @param most maximum number of items that count, the most recent ones first
     */
    public void keep(double minRating, int most, Catalogue catalogue) {
        keep(minRating);
        cap(most, catalogue);
    }

    /** Does the same as {@link #keep(double, int, Catalogue)} without a cap. */
    public void keep(double minRating) {
        resolve();
        removeBelow(Math.max(minRating, -Double.MAX_VALUE)); // so that UNRATED never counts
    }

    /** Resolves duplicates to one row per item, items ascending. */
    private void resolve() {
        if (resolved) {
            return;
        }
        if (order.length < size) {
            order = new long[items.length];
        }
        for (int row = 0; row < size; row++) {
            order[row] = (long) items[row] << Integer.SIZE | row;
        }
        Arrays.sort(order, 0, size);
        int capacity = Math.max(size, FIRST_CAPACITY);
        int[] newItems = new int[capacity];
        long[] newTimes = new long[capacity];
        double[] newRatings = new double[capacity];
        int left = 0;
        for (int at = 0; at < size; at++) {
            int item = (int) (order[at] >>> Integer.SIZE);
            int row = (int) order[at];
            if (left > 0 && newItems[left - 1] == item) {
                if (replaces(times[row], ratings[row], newTimes[left - 1], newRatings[left - 1])) {
                    newTimes[left - 1] = times[row];
                    newRatings[left - 1] = ratings[row];
                }
            } else {
                newItems[left] = item;
                newTimes[left] = times[row];
                newRatings[left] = ratings[row];
                left++;
            }
        }
        items = newItems;
        times = newTimes;
        ratings = newRatings;
        size = left;
        resolved = true;
    }

    /** Returns whether a row replaces another one of the same item. */
    public static boolean replaces(long time, double rating, long otherTime, double otherRating) {
        return time != otherTime ? time > otherTime : Double.compare(rating, otherRating) > 0;
    }

    /** Removes the rows with a rating below the threshold. */
    private void removeBelow(double minRating) {
        int left = 0;
        for (int row = 0; row < size; row++) {
            if (ratings[row] >= minRating) {
                move(row, left++);
            }
        }
        size = left;
    }

    /** Removes all but the {@code most} most recent items. */
    private void cap(int most, Catalogue catalogue) {
        if (size <= most) {
            return;
        }
        MostRecentItems recent = new MostRecentItems(catalogue, most);
        for (int row = 0; row < size; row++) {
            recent.offer(items[row], times[row]);
        }
        int row = 0;
        int left = 0;
        for (int item : recent.sorted()) {
            while (items[row] < item) {
                row++;
            }
            move(row, left++);
        }
        size = left;
    }

    private void move(int from, int to) {
        items[to] = items[from];
        times[to] = times[from];
        ratings[to] = ratings[from];
    }

    /**
     * Returns the items, ascending and distinct. After {@link #keep} these are the ones that count, and
     * before it all that the user has seen.
     */
    int[] items() {
        resolve();
        return Arrays.copyOf(items, size);
    }

    /** Returns the items that count, with their ratings scaled to [-1, 1]. Call {@link #keep} first. */
    RatedHistory rated(RatingRange range) {
        double[] values = new double[size];
        for (int row = 0; row < size; row++) {
            values[row] = range.unit(ratings[row]);
        }
        return new RatedHistory(items(), values);
    }
}
