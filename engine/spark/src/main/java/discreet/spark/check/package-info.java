/**
 * Counts exactly what files of ratings hold, for their operator ({@code discreet check}).
 *
 * <p>What is counted here depends on single rows and is no release. It stays inside the operator's boundary.
 * Outputs that leave the boundary may not be computed from it.
 */
@NullMarked
package discreet.spark.check;

import org.jspecify.annotations.NullMarked;
