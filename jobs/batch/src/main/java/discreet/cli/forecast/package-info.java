/** The {@code forecast} command, which predicts how accurate a model will be at each budget. */
@NullMarked
package discreet.cli.forecast;

import org.jspecify.annotations.NullMarked;
