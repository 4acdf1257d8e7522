package io.discreet.gram;

/**
 * One person's row over the head in integers: {@code a - t P}, with {@code a} sparse. Made by {@link Rows}, which also
 * says why its squared norm is at most 4^s.
 *
 * @param positions head positions where {@code a} may differ from 0, ascending
 * @param values {@code a} at those positions, at scale 2^s
 * @param t how often the popularity direction P is taken away
 */
record IntegerRow(int[] positions, int[] values, long t) {
    static final IntegerRow EMPTY = new IntegerRow(new int[0], new int[0], 0);
}
