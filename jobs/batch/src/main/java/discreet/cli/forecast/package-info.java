/** Predicts, with the command {@code forecast}, how accurate a model will be at each budget. */
@NullMarked
package discreet.cli.forecast;

import org.jspecify.annotations.NullMarked;
