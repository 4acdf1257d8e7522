/**
 * Non-private recommenders to compare with, for public data only: their models are exact statistics of people, so training one on
 * private ratings and showing anything that it computes, a list or a metric, would be a release that nobody paid for. Free of Spark.
 */
@NullMarked
package discreet.evaluate.baselines;

import org.jspecify.annotations.NullMarked;
