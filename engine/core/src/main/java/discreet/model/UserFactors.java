package discreet.model;

/**
 * Describes one user by factors, folded in from the user's history by {@link FoldIn#userFactors} and never
 * stored.
 *
 * @param components diag(h) R^T f, one entry per component
 * @param alongPopularity f.p
 * @param known whether an item of the history is in the head
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record UserFactors(double[] components, double alongPopularity, boolean known) {
    /** Returns whether this user's lists come from the model or from popularity alone. */
    RecommendationSource source() {
        return known ? RecommendationSource.MODEL : RecommendationSource.POPULAR;
    }
}
