/**
 * Keeps populations, their budgets, and the protocol by which anything leaves the data, which is reserve,
 * draw, seal. Nothing else in the engine calls the release methods of {@code noise}. Each population has one
 * append-only hash chain of rows, in SQLite or PostgreSQL. Sealed values are in files, in a local folder or
 * on any file system that Hadoop knows. Independent of Spark.
 *
 * <p>A {@link discreet.ledger.ReleasePlan} declares a release. {@link discreet.ledger.Population#reserve}
 * charges it. {@link discreet.ledger.ChargedRelease} draws and seals its vectors, and its Javadoc has the
 * protocol step by step. {@link discreet.ledger.Exact} and {@link discreet.ledger.Released} are the values
 * before and after.
 */
@NullMarked
package discreet.ledger;

import org.jspecify.annotations.NullMarked;
