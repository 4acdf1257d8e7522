package discreet.history;

import java.io.Serializable;

/**
 * The form in which a model reads one user's history. Each objective has one: a ranking reads items, a model of ratings reads items with
 * their ratings. Immutable, and safe to use from several threads.
 *
 * @param <H> a history in this form
 */
public sealed interface HistoryForm<H> extends Serializable {
    /** Returns the form that holds items alone: catalogue indices, ascending and distinct. */
    static HistoryForm<int[]> ofItems() {
        return new Items();
    }

    /** Returns the form that holds items with their ratings. */
    static HistoryForm<RatedHistory> ofRatings(RatingRange range) {
        return new Ratings(range);
    }

    /** Says whether the form holds ratings. If so, the data must have them, and low ones count like high ones. */
    boolean hasRatings();

    /** Makes a history of the rows of one user that count ({@link UserRows#keep}). */
    H of(UserRows rows);

    /** Returns the history of a user without a row that counts. */
    H empty();

    /** Returns the items of a history: catalogue indices, ascending and distinct. */
    int[] items(H history);

    /** Items alone. */
    record Items() implements HistoryForm<int[]> {
        @Override
        public boolean hasRatings() {
            return false;
        }

        @Override
        public int[] of(UserRows rows) {
            return rows.items();
        }

        @Override
        public int[] empty() {
            return new int[0];
        }

        @Override
        public int[] items(int[] history) {
            return history;
        }
    }

    /**
     * Items with their ratings.
     *
     * @param range the declared range, by which ratings become numbers in [-1, 1]
     */
    record Ratings(RatingRange range) implements HistoryForm<RatedHistory> {
        @Override
        public boolean hasRatings() {
            return true;
        }

        @Override
        public RatedHistory of(UserRows rows) {
            return rows.rated(range);
        }

        @Override
        public RatedHistory empty() {
            return RatedHistory.EMPTY;
        }

        @Override
        public int[] items(RatedHistory history) {
            return history.items();
        }
    }
}
