/**
 * Computes what one user adds to each private sum, and what is derived from the sums once they are released.
 *
 * <p>The sums are exact integers. {@link discreet.statistics.ItemSum} sums the item statistic and the number
 * of users, {@link discreet.statistics.MeanSum} and {@link discreet.statistics.BiasSum} the ratings of a
 * rating model, and {@link discreet.statistics.GramSum} the outer products of the users' rows over the head
 * of the catalogue. Each of these classes proves in its Javadoc how much one user can change its sum. The
 * code needs no Spark, so every caller computes the same contribution from the same rows.
 *
 * <p>No class here draws noise. {@link discreet.statistics.Head}, {@link discreet.statistics.ContentBasis},
 * {@link discreet.statistics.ItemBiases} and {@link discreet.statistics.Spectrum} start from values that have
 * already been released, so they are post-processing and cost no privacy.
 */
@NullMarked
package discreet.statistics;

import org.jspecify.annotations.NullMarked;
