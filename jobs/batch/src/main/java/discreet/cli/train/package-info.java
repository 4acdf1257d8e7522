/** Holds the commands {@code train} and {@code quote}: training, and the price of trainings. */
@NullMarked
package discreet.cli.train;

import org.jspecify.annotations.NullMarked;
