/**
 * Makes recommendation lists and predictions on Spark for whole files of histories, and writes them as files
 * that a killed run can resume. Any {@link discreet.model.Recommender} can be used. The model is broadcast
 * once, the histories are grouped once, and the catalogue is never joined.
 */
@NullMarked
package discreet.spark.lists;

import org.jspecify.annotations.NullMarked;
