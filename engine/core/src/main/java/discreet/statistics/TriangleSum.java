package discreet.statistics;

import java.util.Arrays;

/**
 * Adds sparse rows' products of two entries, a_i a_j for i &lt; j, into a packed triangle, which is larger than a cache.
 *
 * <p>Rows are gathered first, then added a tile after the other. A tile is {@value #STRIP} rows by {@value #STRIP} columns of the triangle, 512 KiB of
 * longs in one array: what is written to at random stays in a core's second cache and in few pages, what rows have to do with it is read in order, and
 * the tile is added to the triangle once. Sums are modulo 2^64, so the order in which they are made is without meaning.
 *
 * <p><b>Cost:</b> k (k - 1) / 2 multiply-adds for k entries; four lookups for each tile to the right of a strip that a row has entries in; and one
 * pass over the triangle for each {@value #MOST_ENTRIES} entries, sooner where rows are very short. <b>Memory</b> beside the triangle: 4 MiB of entries, 2 MiB of where
 * they begin, the tile, and at most 1 MiB of rows' numbers, whatever the rows are; one with fewer than two entries has no product and is not gathered.
 */
final class TriangleSum {
    static final int STRIP = 256;
    private static final int MOST_ENTRIES = 1 << 19;
    private static final int MOST_STARTS = 1 << 19;

    private final long[] sums;
    private final int order;
    private final int strips;
    private final long[] tile = new long[STRIP * STRIP];

    private final int[] positions;
    private final int[] values;
    private int entries;
    /** Where the entries of each row in each strip begin: as many numbers as strips, then the row's end. */
    private final int[] starts;

    /** Rows that have entries in one strip. */
    private final int[] active;

    private int rows;

    /** @param sums begins with the triangle ({@link PackedTriangle}) of this order */
    TriangleSum(long[] sums, int order) {
        this(sums, order, MOST_ENTRIES);
    }

    /** @param mostEntries to be gathered, at least {@code order}; for tests */
    TriangleSum(long[] sums, int order, int mostEntries) {
        this.sums = sums;
        this.order = order;
        this.strips = (order + STRIP - 1) / STRIP;
        this.positions = new int[mostEntries];
        this.values = new int[mostEntries];
        this.starts = new int[Math.max(MOST_STARTS, strips + 1)];
        this.active = new int[starts.length / (strips + 1)];
    }

    /** @param rowPositions ascending */
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

    /** Adds what was gathered. */
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

    /** One row's products of an entry in [from, to) and a later one in [rightFrom, rightTo), into the tile. */
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
