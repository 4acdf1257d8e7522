/**
 * Decides which of a user's rows count. It contains the row rules, the rows and the history of one user, and
 * the reading of ratings from CSV and Parquet. Spark, the service and {@code explain} run the same code.
 */
@NullMarked
package discreet.history;

import org.jspecify.annotations.NullMarked;
