package discreet.history;

import java.io.Serializable;

/**
 * Defines the form in which a model reads one user's history. Each objective has one. A ranking reads items,
 * and a rating model reads items with their ratings. Forms are immutable and thread-safe.
 *
 * @param <H> a history in this form
 */
public sealed interface HistoryForm<H> extends Serializable {
    /** Returns the form that holds items alone, as catalogue indices, ascending and distinct. */
    static HistoryForm<int[]> ofItems() {
        return new Items();
    }

    /** Returns the form that holds items with their ratings. */
    static HistoryForm<RatedHistory> ofRatings(RatingRange range) {
        return new Ratings(range);
    }

    /**
     * Returns whether the form holds ratings. If it does, the data must have them, and low ratings count like
     * high ones.
     */
    boolean hasRatings();

    /** Creates a history from the rows of one user that count ({@link UserRows#keep}). */
    H of(UserRows rows);

    /** Returns the history of a user without a row that counts. */
    H empty();

    /** Returns the items of a history as catalogue indices, ascending and distinct. */
    int[] items(H history);

    /** Keeps items alone. */
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
     * Keeps items with their ratings.
     *
     * @param range the declared range that maps ratings to [-1, 1]
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
