/** What goes wrong, by exit code: bad input (2), a refusal by the budget (3), a failure while running (1). */
@NullMarked
package discreet;

import org.jspecify.annotations.NullMarked;
