/** {@code discreet forecast}: how good a model will be at each budget. */
@NullMarked
package discreet.cli.forecast;

import org.jspecify.annotations.NullMarked;
