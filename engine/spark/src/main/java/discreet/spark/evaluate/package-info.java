/** Splitting ratings for evaluation, and evaluating on private users against a budget. */
@NullMarked
package discreet.spark.evaluate;

import org.jspecify.annotations.NullMarked;
