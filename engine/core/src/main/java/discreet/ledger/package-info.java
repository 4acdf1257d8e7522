/**
 * Populations, their budgets, and the protocol by which anything leaves the data: reserve, draw, seal. Nothing else in the
 * engine calls the release methods of {@code noise}. One append-only hash chain of rows a population, in SQLite or
 * PostgreSQL; sealed values in files, in a local folder or on any file system that Hadoop knows. Knows nothing of Spark.
 */
@NullMarked
package discreet.ledger;

import org.jspecify.annotations.NullMarked;
