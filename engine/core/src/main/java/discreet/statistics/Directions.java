package discreet.statistics;

import java.io.Serializable;

/**
 * Lists the public integer directions D over a head that are subtracted from rows. Popularity comes first,
 * then the directions of a {@link ContentBasis}. They are computed from released values and public metadata
 * only.
 */
final class Directions implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int count;
    private final long[] entries;
    private final long[] products;

    Directions(Head head, ContentBasis content) {
        this.count = 1 + content.rank();
        this.entries = new long[head.size() * count];
        this.products = new long[count * count];
        for (int position = 0; position < head.size(); position++) {
            int at = position * count;
            entries[at] = head.direction(position);
            for (int c = 1; c < count; c++) {
                entries[at + c] = content.entry(position, c - 1);
            }
            for (int c = 0; c < count; c++) {
                for (int d = 0; d < count; d++) {
                    products[c * count + d] += entries[at + c] * entries[at + d];
                }
            }
        }
    }

    /** Returns the number of directions, at least 1. */
    int count() {
        return count;
    }

    /** Returns the entry of a direction at a head position, at scale 2^10. */
    long entry(int position, int direction) {
        return entries[position * count + direction];
    }

    /**
     * Returns the exact inner product of two directions. It is at most 2^20 times the head's size, which is
     * 2^35.
     */
    long product(int one, int other) {
        return products[one * count + other];
    }

    /**
     * Returns D^T a, exactly, for a sparse {@code a}. Entries of D are at most 2^10, those of a at most 2^31,
     * and there are at most 2^15 of them, so nothing overflows.
     */
    long[] along(int[] positions, int[] a) {
        long[] along = new long[count];
        for (int x = 0; x < a.length; x++) {
            int at = positions[x] * count;
            for (int c = 0; c < count; c++) {
                along[c] += a[x] * entries[at + c];
            }
        }
        return along;
    }
}
