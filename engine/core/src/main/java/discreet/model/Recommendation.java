package discreet.model;

/**
 * Fills one place of a list.
 *
 * @param item catalogue index
 * @param score comparable only within one user's list
 * @param source source of the score
 */
public record Recommendation(int item, double score, RecommendationSource source) {
    /** Returns the same place with another score. */
    Recommendation withScore(double another) {
        return new Recommendation(item, another, source);
    }
}
