/**
 * Measures how good recommendations and rating predictions are. {@link discreet.evaluate.Evaluation} and
 * {@link discreet.evaluate.RatingErrors} compute exact figures over the users of a hold-out.
 * {@link discreet.evaluate.MetricSum} is the sum of an evaluation that is itself a release.
 *
 * <p>A metric over users is a statistic of their data like any other. The exact figures may only be shown for
 * public data or inside the operator's boundary.
 */
@NullMarked
package discreet.evaluate;

import org.jspecify.annotations.NullMarked;
