/**
 * Budgets and what they mean: rho in integers, (epsilon, delta) caps, the division of a training's budget among its
 * releases, an attacker's best accuracy, and the errors that a user of the engine can cause. Conversions between rho and
 * (epsilon, delta) are OpenDP's, never our own. Knows neither Spark nor databases.
 */
@NullMarked
package discreet.privacy;

import org.jspecify.annotations.NullMarked;
