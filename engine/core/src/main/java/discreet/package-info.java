/**
 * Holds the errors that leave the engine, one class for each kind. {@link discreet.InputException} is bad
 * input, {@link discreet.BudgetException} a refusal by the budget, and {@link discreet.RunException} a
 * failure while running. The command line gives each its exit code.
 */
@NullMarked
package discreet;

import org.jspecify.annotations.NullMarked;
