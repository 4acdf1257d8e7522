package discreet.evaluate;

/**
 * Measures how well one list, cut at k, finds the labels of one user.
 *
 * @param recall hits / min(k, labels), in [0, 1]
 * @param ndcg normalised discounted cumulative gain with binary gains, in [0, 1]
 */
public record Metrics(double recall, double ndcg) {}
