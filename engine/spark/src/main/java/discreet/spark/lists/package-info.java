/**
 * Lists on Spark: the fitted model as a Spark ML {@code Model}, and batch scoring for a file of histories. Every list goes
 * through {@link discreet.model.RankingScorer}; the model is broadcast once, histories are grouped once, and nothing is joined
 * with the catalogue.
 */
@NullMarked
package discreet.spark.lists;

import org.jspecify.annotations.NullMarked;
