/**
 * Holds the released model and everything that needs nothing else but one user's history, which is its files,
 * fold-in, lists, explanations and related items. The package neither uses Spark nor keeps ratings.
 */
@NullMarked
package discreet.model;

import org.jspecify.annotations.NullMarked;
