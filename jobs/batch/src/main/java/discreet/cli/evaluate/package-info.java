/** Measures, with the commands {@code split} and {@code evaluate}, how good a model is. */
@NullMarked
package discreet.cli.evaluate;

import org.jspecify.annotations.NullMarked;
