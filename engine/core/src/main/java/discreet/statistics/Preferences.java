package discreet.statistics;

/**
 * One person's weighted preferences over the head, before the popularity direction is taken out and the row is scaled.
 *
 * @param positions head positions, ascending and distinct
 * @param values one a position: weight times preference, of any sign
 */
@SuppressWarnings("ArrayRecordComponent") // one a person; never compared
record Preferences(int[] positions, double[] values) {}
