/**
 * Where ratings come in: reading CSV and Parquet, the rules that make a person's contribution a total function of that
 * person's rows, and grouping by person on Spark. Nothing here counts, logs or reports a row; only a schema can be wrong.
 */
@NullMarked
package discreet.spark.ratings;

import org.jspecify.annotations.NullMarked;
