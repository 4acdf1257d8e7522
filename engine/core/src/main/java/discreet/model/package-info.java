/**
 * Reads and writes released models, and applies them to one user's history by fold-in, lists, explanations
 * and related items. The package neither uses Spark nor keeps ratings.
 */
@NullMarked
package discreet.model;

import org.jspecify.annotations.NullMarked;
