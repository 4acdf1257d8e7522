/** {@code discreet ledger}: opens, shows, verifies and closes the budgets of populations. */
@NullMarked
package discreet.cli.ledger;

import org.jspecify.annotations.NullMarked;
