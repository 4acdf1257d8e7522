package discreet.spark.ratings;

import discreet.catalogue.Catalogue;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * {@link UserIterator} by item ids instead of indices, in rows (user, item id, rating, time) with the same order, none of them absent: the
 * same rules, for people who have an item left.
 */
final class UncataloguedUserIterator implements Iterator<String[]> {
    private static final int USER = 0;
    private static final int ITEM = 1;
    private static final int RATING = 2;
    private static final int TIME = 3;

    private final Iterator<Row> rows;
    private final double minRating;
    private final int most;

    /** The oldest on top: what goes first when there is one too many. */
    private final PriorityQueue<Kept> history = new PriorityQueue<>(Kept.OLDEST);

    private @Nullable Row row;

    UncataloguedUserIterator(Iterator<Row> rows, double minRating, int most) {
        this.rows = rows;
        this.minRating = minRating;
        this.most = most;
        advance();
        read();
    }

    /** Of one time the one with the lower public hash counts as more recent, as in {@link discreet.history.MostRecentItems}. */
    private record Kept(long time, long hash, String item) {
        static final Comparator<Kept> OLDEST = Comparator.comparingLong(Kept::time)
                .thenComparing(Comparator.comparingLong(Kept::hash).reversed())
                .thenComparing(Comparator.comparing(Kept::item).reversed());
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
        String[] items = history.stream().map(Kept::item).toArray(String[]::new);
        read();
        return items;
    }

    /** The next person who has an item left, if there is one. */
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
                        keep(new Kept(row.getLong(TIME), Catalogue.publicHash(item), item));
                    }
                }
                advance();
            }
        }
    }

    private void keep(Kept item) {
        history.add(item);
        if (history.size() > most) {
            history.remove();
        }
    }

    private void advance() {
        row = rows.hasNext() ? rows.next() : null;
    }
}
