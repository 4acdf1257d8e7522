/**
 * Contains the commands of {@code discreet ledger}, which open, show, verify and close the budgets of
 * populations.
 */
@NullMarked
package discreet.cli.ledger;

import org.jspecify.annotations.NullMarked;
