package discreet.statistics;

/**
 * One person's row over the head in integers: {@code a - D t}, with {@code a} sparse and D the public {@link Directions}. Made by {@link RowBuilder}, which also
 * says why its squared norm is at most 4^s.
 *
 * @param positions head positions where {@code a} may differ from 0, ascending
 * @param values {@code a} at those positions, at scale 2^s
 * @param t how often each direction is taken away, popularity first
 */
@SuppressWarnings("ArrayRecordComponent") // one a person; never compared
record IntegerRow(int[] positions, int[] values, long[] t) {
    /** Of nobody. */
    static IntegerRow empty(int directions) {
        return new IntegerRow(new int[0], new int[0], new long[directions]);
    }
}
