/**
 * Trains on Spark. Executors add up exact sums and the driver collects them. They leave this package only
 * through {@link discreet.ledger.ChargedRelease}, with noise and paid for.
 * {@link discreet.spark.train.Trainer} is the entry.
 */
@NullMarked
package discreet.spark.train;

import org.jspecify.annotations.NullMarked;
