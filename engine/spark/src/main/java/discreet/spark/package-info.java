/** Offers Discreet in Spark. {@link DiscreetRecommender} trains, {@link DiscreetModel} recommends. */
@NullMarked
package discreet.spark;

import org.jspecify.annotations.NullMarked;
