/** Splits MovieLens 1M into training and test data exactly as for the published figures. */
@NullMarked
package discreet.evaluate.movielens;

import org.jspecify.annotations.NullMarked;
