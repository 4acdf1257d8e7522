package discreet.statistics;

import java.util.Arrays;

/**
 * Adds the products a_i a_j, i &lt; j, of sparse rows into a packed triangle that is larger than a CPU cache.
 *
 * <p>Rows are buffered first and then added tile by tile. A tile is {@value #STRIP} rows by {@value #STRIP}
 * columns of the triangle, 512 KiB of longs in one array. Random writes therefore stay in a core's
 * second-level cache and in few pages. The buffered entries are read in order, and each tile is added to the
 * triangle once. Sums are modulo 2^64, so their order does not matter.
 *
 * <p><b>Cost.</b> A row of k entries takes k (k - 1) / 2 multiply-adds. It also takes four lookups for each
 * tile to the right of a strip in which it has entries. Each {@value #MAX_ENTRIES} buffered entries take one
 * pass over the triangle, or fewer entries where rows are very short.
 *
 * <p><b>Memory</b> beside the triangle. The buffer takes 4 MiB for entries, 2 MiB for their offsets, the
 * tile, and at most 1 MiB for row numbers, independently of the rows. A row with fewer than two entries has
 * no product and is not buffered.
 */
final class TriangleSum {
    static final int STRIP = 256;
    private static final int MAX_ENTRIES = 1 << 19;
    private static final int MAX_STARTS = 1 << 19;

    private final long[] sums;
    private final int order;
    private final int strips;
    private final long[] tile = new long[STRIP * STRIP];

    private final int[] positions;
    private final int[] values;
    private int entries;
    /** Offsets of each row's first entry in each strip. A row takes one number per strip, then its end. */
    private final int[] starts;

    /** Numbers of the rows that have entries in the current strip. */
    private final int[] active;

    private int rows;

    /** @param sums array that begins with the triangle ({@link PackedTriangle}) of this order */
    TriangleSum(long[] sums, int order) {
        this(sums, order, MAX_ENTRIES);
    }

    /**
     * Sets the size of the buffer, for tests.
     *
     * @param maxEntries number of entries to buffer, at least {@code order}
     */
    TriangleSum(long[] sums, int order, int maxEntries) {
        this.sums = sums;
        this.order = order;
        this.strips = (order + STRIP - 1) / STRIP;
        this.positions = new int[maxEntries];
        this.values = new int[maxEntries];
        this.starts = new int[Math.max(MAX_STARTS, strips + 1)];
        this.active = new int[starts.length / (strips + 1)];
    }

    /**
     * Adds a row.
     *
     * @param rowPositions ascending
     */
    void add(int[] rowPositions, int[] rowValues) {
        int length = rowPositions.length;
        if (length < 2) {
            return;
        }
        if (entries + length > positions.length || rows == active.length) {
            flush();
        }
        int at = rows * (strips + 1);
        System.arraycopy(rowPositions, 0, positions, entries, length);
        System.arraycopy(rowValues, 0, values, entries, length);
        int x = 0;
        for (int strip = 0; strip < strips; strip++) {
            starts[at + strip] = entries + x;
            while (x < length && rowPositions[x] < (strip + 1) * STRIP) {
                x++;
            }
        }
        entries += length;
        starts[at + strips] = entries;
        rows++;
    }

    /** Adds the buffered rows to the triangle. */
    void flush() {
        for (int above = 0; above < strips; above++) {
            int count = activeIn(above);
            for (int right = above; right < strips && count > 0; right++) {
                Arrays.fill(tile, 0);
                int corner = above * STRIP * STRIP + right * STRIP;
                for (int next = 0; next < count; next++) {
                    int at = active[next] * (strips + 1);
                    add(starts[at + above], starts[at + above + 1], starts[at + right], starts[at + right + 1], corner);
                }
                addTile(above * STRIP, right * STRIP);
            }
        }
        entries = 0;
        rows = 0;
    }

    private int activeIn(int strip) {
        int count = 0;
        for (int row = 0; row < rows; row++) {
            int at = row * (strips + 1) + strip;
            active[count] = row;
            count += starts[at] < starts[at + 1] ? 1 : 0;
        }
        return count;
    }

    /**
     * Adds one row's products of an entry in [from, to) and a later one in [rightFrom, rightTo) to the tile.
     */
    private void add(int from, int to, int rightFrom, int rightTo, int corner) {
        for (int x = from; x < to; x++) {
            int base = positions[x] * STRIP - corner;
            long value = values[x];
            for (int y = Math.max(rightFrom, x + 1); y < rightTo; y++) {
                tile[base + positions[y]] += value * values[y];
            }
        }
    }

    private void addTile(int firstRow, int firstColumn) {
        int lastRow = Math.min(order, firstRow + STRIP);
        int lastColumn = Math.min(order, firstColumn + STRIP);
        for (int i = firstRow; i < lastRow; i++) {
            int base = PackedTriangle.rowBase(i, order);
            int tileBase = (i - firstRow) * STRIP - firstColumn;
            for (int j = Math.max(firstColumn, i + 1); j < lastColumn; j++) {
                sums[base + j] += tile[tileBase + j];
            }
        }
    }
}
