/**
 * The integer sums over people and what is made of them once released: the item statistic, the head of the catalogue, one
 * person's integer row, the packed upper triangle of the sum of all rows' outer products, and the denoised spectrum of the
 * released triangle. Free of Spark, so that a contribution is the same whoever computes it.
 *
 * <p>Nothing here draws noise: sums leave as exact integers, and {@link discreet.statistics.Spectrum} starts from values
 * that have been released.
 */
@NullMarked
package discreet.statistics;

import org.jspecify.annotations.NullMarked;
