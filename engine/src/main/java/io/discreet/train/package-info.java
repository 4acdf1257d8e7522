/**
 * Private training on Spark: the estimator, and the releases that it is made of. Exact sums are reduced by tile to the
 * driver and leave through {@link io.discreet.ledger.Training#release} alone; what follows works on released values.
 */
@NullMarked
package io.discreet.train;

import org.jspecify.annotations.NullMarked;
