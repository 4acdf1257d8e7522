package discreet.spark.ratings;

import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Rows (user, item, rating, time) of the normal form: data of every kind. */
final class RowCursor implements RatingCursor {
    /** The columns. */
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
            throw new IllegalStateException("there is no row here");
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
        return row().isNullAt(ITEM) ? Histories.ABSENT : index.ofAny(row().getUTF8String(ITEM));
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
