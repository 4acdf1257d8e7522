/**
 * Provides non-private recommenders for comparison, for public data only. Their models are exact statistics
 * of users. Training one on private ratings and showing anything that it computes, such as a list or a
 * metric, would be a release without a charge. The package needs no Spark.
 */
@NullMarked
package discreet.evaluate.baselines;

import org.jspecify.annotations.NullMarked;
