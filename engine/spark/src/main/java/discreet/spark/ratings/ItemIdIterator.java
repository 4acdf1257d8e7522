package discreet.spark.ratings;

import discreet.catalogue.Catalogue;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Does the work of {@link UserIterator} with item ids instead of indices. It reads rows (user, item id,
 * rating, time) in the same order, without absent rows, and applies the same rules. It returns the users who
 * have an item left.
 */
final class ItemIdIterator implements Iterator<String[]> {
    private static final int USER = 0;
    private static final int ITEM = 1;
    private static final int RATING = 2;
    private static final int TIME = 3;

    private final Iterator<Row> rows;
    private final double minRating;
    private final int maxItems;

    /** Items of the user so far. The oldest is on top, to be removed when there is one too many. */
    private final PriorityQueue<Candidate> history = new PriorityQueue<>(Candidate.OLDEST_FIRST);

    private @Nullable Row row;

    ItemIdIterator(Iterator<Row> rows, double minRating, int maxItems) {
        this.rows = rows;
        this.minRating = minRating;
        this.maxItems = maxItems;
        advance();
        read();
    }

    /**
     * Represents an item of the history. Of two items with one time, the one with the lower public hash
     * counts as more recent, as in {@link discreet.history.MostRecentItems}.
     */
    private record Candidate(long time, long hash, String item) {
        static final Comparator<Candidate> OLDEST_FIRST = Comparator.comparingLong(Candidate::time)
                .thenComparing(Comparator.comparingLong(Candidate::hash).reversed())
                .thenComparing(Comparator.comparing(Candidate::item).reversed());
    }

    @Override
    public boolean hasNext() {
        return !history.isEmpty();
    }

    @Override
    public String[] next() {
        if (history.isEmpty()) {
            throw new NoSuchElementException();
        }
        String[] items = history.stream().map(Candidate::item).toArray(String[]::new);
        read();
        return items;
    }

    /** Reads the next user who has an item left, if there is one. */
    private void read() {
        history.clear();
        while (row != null && history.isEmpty()) {
            String user = row.getString(USER);
            String previous = ""; // no id is empty
            while (row != null && row.getString(USER).equals(user)) {
                String item = row.getString(ITEM);
                if (!item.equals(previous)) {
                    previous = item;
                    if (row.getDouble(RATING) >= minRating) {
                        keep(new Candidate(row.getLong(TIME), Catalogue.publicHash(item), item));
                    }
                }
                advance();
            }
        }
    }

    private void keep(Candidate item) {
        history.add(item);
        if (history.size() > maxItems) {
            history.remove();
        }
    }

    private void advance() {
        row = rows.hasNext() ? rows.next() : null;
    }
}
