/** Implements the protocols behind the project's published figures on MovieLens 1M. */
@NullMarked
package discreet.evaluate.movielens;

import org.jspecify.annotations.NullMarked;
