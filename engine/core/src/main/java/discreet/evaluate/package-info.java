/**
 * How good recommendations are: ranking metrics, evaluation over people, and hold-outs. A metric over people is a statistic of
 * their data like any other: the exact figures computed here may only be shown for public data, or inside the operator's boundary.
 */
@NullMarked
package discreet.evaluate;

import org.jspecify.annotations.NullMarked;
