/**
 * Lists on Spark: the fitted model as a Spark ML {@code Model}, and batch scoring for a file of histories. Every list goes
 * through {@link io.discreet.model.Scorer}; the model is broadcast once, histories are grouped once, and nothing is joined
 * with the catalogue.
 */
@NullMarked
package io.discreet.recommend;

import org.jspecify.annotations.NullMarked;
