package discreet.history;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Represents one user's rows for scoring. What counts is folded in, and everything that the user has seen is
 * left out of the user's lists (docs/decisions/040-everything-seen-is-left-out.md).
 *
 * <p>A user has seen every item that one of the user's rows names, whatever its rating. So the items that
 * count are among those seen.
 *
 * <p><b>Memory.</b> Where every row counts, {@code seen} is the array of the items that count. Otherwise it
 * takes 4 bytes for each of the user's distinct items. The catalogue bounds their number.
 *
 * @param <H> the form of what counts
 * @param counted what the model reads of the user
 * @param seen catalogue indices, ascending and distinct
 */
@SuppressWarnings("ArrayRecordComponent") // one per user of millions, never compared
public record UserHistory<H>(H counted, int[] seen) implements Serializable {

    /**
     * Applies the row rules for scoring to one user's rows. There is no cap, since only that user sees the
     * result.
     *
     * @param minRating rows with lower ratings do not count, but their items are seen
     */
    public static <H> UserHistory<H> of(UserRows rows, HistoryForm<H> form, double minRating) {
        int[] seen = rows.items();
        rows.keep(minRating);
        return shared(form, form.of(rows), seen);
    }

    /** Returns the history of a user who has seen these items and has no row that counts. */
    public static <H> UserHistory<H> onlySeen(UserRows rows, HistoryForm<H> form) {
        return shared(form, form.empty(), rows.items());
    }

    private static <H> UserHistory<H> shared(HistoryForm<H> form, H counted, int[] seen) {
        int[] items = form.items(counted);
        return new UserHistory<>(counted, items.length == seen.length ? items : seen);
    }

    /** Returns the history of a user whose items all count. */
    public static <H> UserHistory<H> of(HistoryForm<H> form, H counted) {
        return new UserHistory<>(counted, form.items(counted));
    }

    /**
     * Returns the history of a user whose items all count.
     *
     * @param items catalogue indices, ascending and distinct
     */
    public static UserHistory<int[]> ofItems(int... items) {
        return new UserHistory<>(items, items);
    }

    /** Returns the history of a user whose ratings all count. */
    public static UserHistory<RatedHistory> ofRated(RatedHistory rated) {
        return new UserHistory<>(rated, rated.items());
    }

    /** Returns the history of a user without rows. */
    public static <H> UserHistory<H> empty(HistoryForm<H> form) {
        return of(form, form.empty());
    }

    /** Returns whether the user has seen an item. */
    public boolean hasSeen(int item) {
        return Arrays.binarySearch(seen, item) >= 0;
    }
}
