/**
 * Decides which of a user's rows count. It contains the row rules, the rows of one user, and the parsing of
 * CSV lines and data files. Spark, the service and {@code explain} run the same code.
 */
@NullMarked
package discreet.history;

import org.jspecify.annotations.NullMarked;
