package io.discreet.ratings;

import io.discreet.model.Catalogue;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The people in rows (user, item, rating, time) that are sorted by user, item, latest time, highest rating: a streaming pass
 * that applies the row rules after absence, in their order.
 *
 * <ol>
 *   <li>Duplicates: of several rows with one item only the first counts, which the sort has made the latest, and among those
 *       of one time the one with the highest rating.
 *   <li>Threshold: the row left counts where its rating is high enough.
 *   <li>Cap: the most recent ones are kept ({@link MostRecent}).
 * </ol>
 *
 * <p>Whatever number of rows a person has, the pass holds one row and at most a capped history. Rows whose item is {@link
 * Histories#ABSENT} name a person and nothing else.
 *
 * @param <P> what is made of a history: its items, or its items with their ratings
 */
final class People<P> implements Iterator<Tuple2<String, P>> {
    private final Iterator<Row> rows;
    private final double minRating;
    private final MostRecent history;
    private final Function<MostRecent, P> form;
    private @Nullable Row row;

    People(Iterator<Row> rows, Catalogue catalogue, double minRating, int maxItems, Function<MostRecent, P> form) {
        this.rows = rows;
        this.minRating = minRating;
        this.history = new MostRecent(catalogue, maxItems);
        this.form = form;
        advance();
    }

    @Override
    public boolean hasNext() {
        return row != null;
    }

    @Override
    public Tuple2<String, P> next() {
        if (row == null) {
            throw new NoSuchElementException();
        }
        String user = row.getString(Histories.USER);
        int previous = Histories.ABSENT;
        history.clear();
        while (row != null && row.getString(Histories.USER).equals(user)) {
            int item = row.getInt(Histories.ITEM);
            if (item != previous) {
                previous = item;
                double rating = row.getDouble(Histories.RATING);
                if (rating >= minRating) {
                    history.offer(item, row.getLong(Histories.TIME), rating);
                }
            }
            advance();
        }
        return new Tuple2<>(user, form.apply(history));
    }

    private void advance() {
        row = rows.hasNext() ? rows.next() : null;
    }
}
