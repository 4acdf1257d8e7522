/**
 * Exact noise and its price, from OpenDP. Knows nothing of budgets or of what is released: whoever draws here has to have paid before, which
 * is why the ledger alone calls the {@code release} methods. Free of Spark.
 */
@NullMarked
package discreet.noise;

import org.jspecify.annotations.NullMarked;
