/**
 * Tables in files, without Spark: which files a path means, lines of CSV, and columns of Parquet. Ratings and the catalogue are read
 * through it. What a value means is for its readers to say.
 */
@NullMarked
package discreet.files;

import org.jspecify.annotations.NullMarked;
