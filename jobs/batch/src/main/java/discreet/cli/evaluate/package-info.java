/** The commands {@code split} and {@code evaluate}, which measure how good a model is. */
@NullMarked
package discreet.cli.evaluate;

import org.jspecify.annotations.NullMarked;
