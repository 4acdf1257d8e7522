package discreet.statistics;

/**
 * Stores the strict upper triangle of a square matrix in one array, row by row, as (0,1), (0,2), ...,
 * (0,m-1), (1,2), ...
 *
 * <p>The diagonal is not stored, because it is never released. Entry (i, j), i &lt; j, is at
 * {@code rowBase(i) + j}.
 */
public final class PackedTriangle {
    /**
     * The largest order whose packed entries fit into a Java array with room for the values that
     * {@link GramSum} appends.
     */
    static final int MAX_ORDER = 1 << 15;

    private PackedTriangle() {}

    /** Returns the number of entries of a triangle of order {@code order}, m (m - 1) / 2. */
    public static int length(int order) {
        checkOrder(order);
        return Math.toIntExact((long) order * (order - 1) / 2);
    }

    /**
     * Returns the offset that added to a column gives the index of an entry of row {@code row}. The smallest
     * is -1.
     */
    static int rowBase(int row, int order) {
        return Math.toIntExact((long) row * order - (long) row * (row + 1) / 2 - row - 1);
    }

    private static void checkOrder(int order) {
        if (order < 0 || order > MAX_ORDER) {
            throw new IllegalArgumentException("order must be in [0, " + MAX_ORDER + "]. Provided value: " + order);
        }
    }
}
