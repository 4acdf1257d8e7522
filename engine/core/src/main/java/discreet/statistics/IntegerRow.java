package discreet.statistics;

/**
 * Represents one user's integer row over the head, {@code a - D t}, with {@code a} sparse and D the public
 * {@link Directions}. {@link RowBuilder} makes it and proves that its squared norm is at most 4^s.
 *
 * @param positions head positions where {@code a} may differ from 0, ascending
 * @param values {@code a} at those positions, at scale 2^s
 * @param t how many times each direction is subtracted, popularity first
 */
@SuppressWarnings("ArrayRecordComponent") // one per user, never compared
record IntegerRow(int[] positions, int[] values, long[] t) {
    /** Returns the row that adds zero to every sum. */
    static IntegerRow empty(int directions) {
        return new IntegerRow(new int[0], new int[0], new long[directions]);
    }
}
