/**
 * Defines the errors that leave the engine, one class for each exit code. {@link discreet.InputException} is
 * bad input (2), {@link discreet.BudgetException} a refusal by the budget (3), and {@link
 * discreet.RunException} a failure while running (1).
 */
@NullMarked
package discreet;

import org.jspecify.annotations.NullMarked;
