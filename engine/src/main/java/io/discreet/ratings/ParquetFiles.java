package io.discreet.ratings;

import io.discreet.privacy.InputException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Parquet as Spark reads it, with every file's footer checked before any row is read. */
final class ParquetFiles {
    private ParquetFiles() {}

    static Dataset<Row> read(SparkSession spark, String path, String what) {
        try {
            return spark.read()
                    // Reads all footers, so that a damaged file or another type in one of them is an error now, not in
                    // a task.
                    .option("mergeSchema", true)
                    // Dates before 1582 in old files are taken as they are; the other modes fail on such a row.
                    .option("datetimeRebaseMode", "CORRECTED")
                    .option("int96RebaseMode", "CORRECTED")
                    .parquet(path);
        } catch (Exception e) {
            // Spark throws checked exceptions from here without declaring them. Their text may quote the file: left
            // out.
            throw new InputException("Cannot read " + what + " from " + path
                    + ": a file is damaged, the files do not have the same columns, or a column has a type that Spark"
                    + " does not read (timestamps in nanoseconds, for one). Write the files again.");
        }
    }
}
