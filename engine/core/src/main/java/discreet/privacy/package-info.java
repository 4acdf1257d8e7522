/**
 * Accounts for privacy. The package has rho and delta in integers, (epsilon, delta) budgets, the composition
 * of releases, hash ranges of users, and the best attacker's accuracy that a cost stands for. Conversions
 * between rho and (epsilon, delta) are OpenDP's, never our own. Knows neither Spark nor databases.
 */
@NullMarked
package discreet.privacy;

import org.jspecify.annotations.NullMarked;
