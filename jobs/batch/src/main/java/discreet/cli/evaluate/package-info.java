/** {@code discreet split} and {@code discreet evaluate}: how good a model is. */
@NullMarked
package discreet.cli.evaluate;

import org.jspecify.annotations.NullMarked;
