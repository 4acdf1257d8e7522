package discreet.spark.ratings;

import discreet.catalogue.Catalogue;
import discreet.history.UserRows;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The people in rows (user, {@link discreet.history.PackedRows}) that are sorted by user: a streaming pass that applies the row rules after absence, in their
 * order ({@link discreet.history.UserRows}, which also says what a person costs).
 *
 * @param <P> what is made of a history: its items, or its items with their ratings
 */
final class UserIterator<P> implements Iterator<Tuple2<String, P>> {
    static final int USER = 0;
    static final int ROWS = 1;

    private final Iterator<InternalRow> rows;
    private final Catalogue catalogue;
    private final double minRating;
    private final int most;
    private final Function<UserRows, P> form;
    private final UserRows person = new UserRows();
    private byte @Nullable [] user;
    private byte[] packed = new byte[0];

    UserIterator(
            Iterator<InternalRow> rows, Catalogue catalogue, double minRating, int most, Function<UserRows, P> form) {
        this.rows = rows;
        this.catalogue = catalogue;
        this.minRating = minRating;
        this.most = most;
        this.form = form;
        advance();
    }

    @Override
    public boolean hasNext() {
        return user != null;
    }

    @Override
    public Tuple2<String, P> next() {
        if (user == null) {
            throw new NoSuchElementException();
        }
        byte[] own = user;
        person.clear();
        do {
            person.add(packed);
            advance();
        } while (user != null && Arrays.equals(user, own));
        person.keep(minRating, most, catalogue);
        return new Tuple2<>(new String(own, StandardCharsets.UTF_8), form.apply(person));
    }

    private void advance() {
        if (rows.hasNext()) {
            InternalRow row = rows.next(); // Spark uses it again for the next one
            user = row.getBinary(USER);
            packed = row.getBinary(ROWS);
        } else {
            user = null;
        }
    }
}
