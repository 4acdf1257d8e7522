package discreet.statistics;

/**
 * Lists one user's weighted preferences over the head, before the popularity direction is subtracted and the
 * row is scaled.
 *
 * @param positions head positions, ascending and distinct
 * @param values weight times preference at each position, of any sign
 */
@SuppressWarnings("ArrayRecordComponent") // one per user, never compared
record Preferences(int[] positions, double[] values) {}
