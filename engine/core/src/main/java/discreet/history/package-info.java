/** What counts of one user: the row rules, that user's rows, and CSV lines. Spark, the service and {@code explain} run the same code. */
@NullMarked
package discreet.history;

import org.jspecify.annotations.NullMarked;
