package discreet.spark.ratings;

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
 * Iterates over the histories of users, from rows (user, {@link discreet.history.PackedRows}) that are sorted
 * by user, in one streaming pass. The form applies the row rules that follow absence.
 * {@link discreet.history.UserRows} documents the rules and the memory that a user needs.
 *
 * @param <P> a history
 */
final class UserIterator<P> implements Iterator<Tuple2<String, P>> {
    static final int USER = 0;
    static final int ROWS = 1;

    private final Iterator<InternalRow> rows;
    private final Function<UserRows, P> history;
    private final UserRows current = new UserRows();
    private byte @Nullable [] user;
    private byte[] packed = new byte[0];

    /** @param history makes a history of one user's rows, which are reused for the next user */
    UserIterator(Iterator<InternalRow> rows, Function<UserRows, P> history) {
        this.rows = rows;
        this.history = history;
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
        current.clear();
        do {
            current.add(packed);
            advance();
        } while (user != null && Arrays.equals(user, own));
        return new Tuple2<>(new String(own, StandardCharsets.UTF_8), history.apply(current));
    }

    private void advance() {
        if (rows.hasNext()) {
            InternalRow row = rows.next(); // Spark reuses this row for the next one
            user = row.getBinary(USER);
            packed = row.getBinary(ROWS);
        } else {
            user = null;
        }
    }
}
