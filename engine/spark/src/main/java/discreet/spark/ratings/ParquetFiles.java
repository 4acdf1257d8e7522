package discreet.spark.ratings;

import discreet.files.DataFiles;
import discreet.files.ParquetColumn;
import discreet.files.ParquetTable;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Reads Parquet through Spark, with the columns that {@link ParquetTable} found in the footers of all files.
 * Spark is given the schema and infers nothing:
 *
 * <ul>
 *   <li>Columns that are not used may have any type, such as timestamps in nanoseconds, and may differ from
 *       file to file.
 *   <li>Names of folders make no columns. Spark would infer their types from the names of all folders
 *       together, so one user's item would decide how the ids of all users are read.
 *   <li>Timestamps in milliseconds are read as plain whole numbers. Spark multiplies them by 1000 while
 *       decoding and throws if that overflows.
 * </ul>
 */
final class ParquetFiles {
    private ParquetFiles() {}

    /**
     * Reads some columns of files.
     *
     * @param columns of types that Spark reads
     */
    static Dataset<Row> read(SparkSession spark, DataFiles files, List<ParquetColumn> columns) {
        return spark.read()
                .schema(new StructType(columns.stream().map(ParquetFiles::field).toArray(StructField[]::new)))
                // Names of files are taken literally, and names of folders are not read.
                .option("__globPaths__", false)
                .option("recursiveFileLookup", true)
                // Reads dates before 1582 in old files unchanged. The other modes fail on such a row.
                .option("datetimeRebaseMode", "CORRECTED")
                .option("int96RebaseMode", "CORRECTED")
                .parquet(files.files().stream()
                        .map(FileStatus::getPath)
                        .map(Object::toString)
                        .toArray(String[]::new));
    }

    private static StructField field(ParquetColumn column) {
        MetadataBuilder notes = new MetadataBuilder();
        column.notes().forEach(note -> notes.putString(note, note));
        return new StructField(column.name(), DataType.fromDDL(column.type()), true, notes.build());
    }
}
