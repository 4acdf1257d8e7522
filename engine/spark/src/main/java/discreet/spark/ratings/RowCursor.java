package discreet.spark.ratings;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Reads ratings from rows (user, item, rating, time) in the normal form, which any data can be brought into.
 */
final class RowCursor implements RatingCursor {
    /** Positions of the columns. */
    static final int USER = 0;

    static final int ITEM = 1;
    static final int RATING = 2;
    static final int TIME = 3;

    private final Iterator<InternalRow> rows;
    private final ItemIndex.Table index;
    private @Nullable InternalRow row;

    RowCursor(Iterator<InternalRow> rows, ItemIndex.Table index) {
        this.rows = rows;
        this.index = index;
    }

    @Override
    public boolean next() {
        row = rows.hasNext() ? rows.next() : null;
        return row != null;
    }

    private InternalRow row() {
        if (row == null) {
            throw new IllegalStateException("next() has not been called or returned false");
        }
        return row;
    }

    @Override
    public @Nullable UTF8String user() {
        return row().getUTF8String(USER);
    }

    @Override
    public boolean isSameUser() {
        return false;
    }

    @Override
    public int item() {
        return row().isNullAt(ITEM) ? Histories.ABSENT : index.of(row().getUTF8String(ITEM));
    }

    @Override
    public @Nullable UTF8String itemId() {
        return row().isNullAt(ITEM) ? null : row().getUTF8String(ITEM);
    }

    @Override
    public double rating() {
        return row().isNullAt(RATING) ? Double.NaN : row().getDouble(RATING) + 0.0;
    }

    @Override
    public long time() {
        return row().getLong(TIME);
    }
}
