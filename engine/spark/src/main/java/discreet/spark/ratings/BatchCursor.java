package discreet.spark.ratings;

import discreet.history.RatingParser;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Reads ratings from column batches of some thousand rows each, which Spark's readers of Parquet and ORC
 * make, among others, without an object for each row. It converts values by the same rules as
 * {@link NormalisedRatings}, but reads them in place. A dictionary represents equal texts by one number.
 * Within a batch, therefore, consecutive rows of one user are recognised and an item is looked up once,
 * without reading the text.
 *
 * <p><b>Memory:</b> two ints for each entry of the largest dictionary (in Parquet at most 1 MiB of text by
 * default), and 768 KiB if ids are numbers.
 */
final class BatchCursor implements RatingCursor {
    private final Iterator<ColumnarBatch> batches;
    private final BatchLayout layout;
    private final ItemIndex.Table index;
    private final KnownItems known = new KnownItems();
    private final NumberedItems numbered;
    private final boolean hasNoRating;
    private final double noRating;

    private @Nullable ColumnarBatch batch;
    private int row;
    private int rows;

    BatchCursor(Iterator<ColumnarBatch> batches, BatchLayout layout, ItemIndex.Table index) {
        this.batches = batches;
        this.layout = layout;
        this.index = index;
        this.numbered = new NumberedItems(index);
        Double none = layout.noRating();
        this.hasNoRating = none != null;
        this.noRating = none == null ? 0 : none;
    }

    @Override
    public boolean next() {
        row++;
        while (row >= rows) {
            if (!batches.hasNext()) {
                return false;
            }
            batch = batches.next();
            rows = batch.numRows();
            row = 0;
            known.clear(); // the next batch may have another dictionary
        }
        return true;
    }

    private ColumnVector column(int position) {
        if (batch == null) {
            throw new IllegalStateException("next() has not been called or returned false");
        }
        return batch.column(position);
    }

    @Override
    public @Nullable UTF8String user() {
        return id(layout.user());
    }

    @Override
    public @Nullable UTF8String itemId() {
        return id(layout.item());
    }

    private @Nullable UTF8String id(BatchLayout.Column of) {
        ColumnVector column = column(of.position());
        if (column.isNullAt(row)) {
            return null;
        }
        return of.kind() == BatchLayout.Kind.TEXT
                ? column.getUTF8String(row)
                : UTF8String.fromString(Long.toString(of.number(column, row)));
    }

    @Override
    public boolean isSameUser() {
        if (row == 0) {
            return false;
        }
        ColumnVector column = column(layout.user().position());
        if (column.isNullAt(row) || column.isNullAt(row - 1)) {
            return false;
        }
        return switch (layout.user().kind()) {
            case TEXT ->
                column instanceof WritableColumnVector vector
                        && vector.hasDictionary()
                        && entry(vector, row) == entry(vector, row - 1);
            default -> layout.user().number(column, row) == layout.user().number(column, row - 1);
        };
    }

    @Override
    public int item() {
        ColumnVector column = column(layout.item().position());
        if (column.isNullAt(row)) {
            return Histories.ABSENT;
        }
        if (layout.item().kind() != BatchLayout.Kind.TEXT) {
            return numbered.of(layout.item().number(column, row));
        }
        if (!(column instanceof WritableColumnVector vector) || !vector.hasDictionary()) {
            return index.of(column.getUTF8String(row));
        }
        int entry = entry(vector, row);
        if (!known.has(entry)) {
            known.put(entry, index.of(column.getUTF8String(row)));
        }
        return known.get(entry);
    }

    private static int entry(WritableColumnVector vector, int row) {
        return vector.getDictionaryIds().getDictId(row);
    }

    @Override
    public double rating() {
        BatchLayout.Column rating = layout.rating();
        if (rating == null) {
            return 0;
        }
        ColumnVector column = column(rating.position());
        if (column.isNullAt(row)) {
            return Double.NaN;
        }
        double value = rating.real(column, row);
        boolean isRating = Math.abs(value) < Double.POSITIVE_INFINITY && !(hasNoRating && value == noRating);
        return isRating ? value + 0.0 : Double.NaN;
    }

    @Override
    public long time() {
        BatchLayout.Column time = layout.time();
        if (time == null) {
            return RatingParser.OLDEST;
        }
        ColumnVector column = column(time.position());
        return column.isNullAt(row) ? RatingParser.OLDEST : time.millis(column, row);
    }

    /** Remembers the items of a dictionary's entries for one batch. */
    private static final class KnownItems {
        private int[] items = new int[1 << 10];
        /** The batch in which each entry was looked up. */
        private int[] when = new int[1 << 10];

        private int now = 1;

        void clear() {
            now++;
            if (now == 0) { // after 2^32 batches
                Arrays.fill(when, 0);
                now = 1;
            }
        }

        boolean has(int entry) {
            return entry < when.length && when[entry] == now;
        }

        int get(int entry) {
            return items[entry];
        }

        void put(int entry, int item) {
            if (entry >= items.length) {
                int size = Math.max(entry + 1, 2 * items.length);
                items = Arrays.copyOf(items, size);
                when = Arrays.copyOf(when, size);
            }
            items[entry] = item;
            when[entry] = now;
        }
    }

    /**
     * Caches the most recent items whose ids are numbers, so that most lookups do not convert the number to
     * text.
     */
    private static final class NumberedItems {
        private static final int SLOTS = 1 << 16;

        private final ItemIndex.Table index;
        private long[] numbers = new long[0];
        private int[] items = new int[0];

        NumberedItems(ItemIndex.Table index) {
            this.index = index;
        }

        int of(long number) {
            if (items.length == 0) {
                numbers = new long[SLOTS];
                numbers[0] =
                        -1; // never equal to a number of slot 0, while the initial 0 is never equal to a number of any
                // other slot
                items = new int[SLOTS];
            }
            int slot = (int) number & (SLOTS - 1);
            if (numbers[slot] != number) {
                numbers[slot] = number;
                items[slot] = find(number);
            }
            return items[slot];
        }

        private int find(long number) {
            return index.of(UTF8String.fromString(Long.toString(number)));
        }
    }
}
