/** {@code discreet train} and {@code discreet quote}: training, and what trainings cost. */
@NullMarked
package discreet.cli.train;

import org.jspecify.annotations.NullMarked;
