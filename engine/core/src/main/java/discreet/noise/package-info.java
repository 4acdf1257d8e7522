/**
 * Draws exact noise and computes its privacy cost, both with OpenDP. The package has no notion of budgets or
 * of what is released. Noise must be paid for before it is drawn, so the ledger alone calls the
 * {@code release} methods. Free of Spark.
 */
@NullMarked
package discreet.noise;

import org.jspecify.annotations.NullMarked;
