/**
 * Reads tables from files without Spark. The package knows which files a path means, lines of CSV, and
 * columns of Parquet. Ratings and the catalogue are read through it, and decide what the values mean.
 */
@NullMarked
package discreet.files;

import org.jspecify.annotations.NullMarked;
