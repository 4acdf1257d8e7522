/** Splits ratings for evaluation, and evaluates models on private users against a budget. */
@NullMarked
package discreet.spark.evaluate;

import org.jspecify.annotations.NullMarked;
