/**
 * Private training on Spark: the estimator, and the releases that it is made of. Exact sums are reduced by
 * tile to the driver and leave through {@link discreet.ledger.ChargedRelease#release} alone; what follows
 * works on released values.
 */
@NullMarked
package discreet.spark.train;

import org.jspecify.annotations.NullMarked;
