package discreet.model;

/**
 * What one person's history says: the fold-in of {@link FoldIn#userFactors}, nothing of which is stored.
 *
 * @param components diag(h) R^T f, one entry a component
 * @param alongPopularity f.p
 * @param known whether an item of the history is in the head
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record UserFactors(double[] components, double alongPopularity, boolean known) {
    /** Whether lists of this person come from the model, or from popularity alone. */
    RecommendationSource source() {
        return known ? RecommendationSource.MODEL : RecommendationSource.POPULAR;
    }
}
