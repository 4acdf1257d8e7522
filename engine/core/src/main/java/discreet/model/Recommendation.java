package discreet.model;

/**
 * One place of a list.
 *
 * @param item catalogue index
 * @param score comparable within one person's list only
 * @param source what the score was made of
 */
public record Recommendation(int item, double score, RecommendationSource source) {}
