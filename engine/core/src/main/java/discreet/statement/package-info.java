/** States what was released about a population, what it cost, and what that means. */
@NullMarked
package discreet.statement;

import org.jspecify.annotations.NullMarked;
