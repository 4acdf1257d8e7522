package discreet.spark.ratings;

import discreet.InputException;
import discreet.files.DataFiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Reads Parquet through Spark. The footer of every file is checked before any row is read. Two features of
 * Spark are turned off:
 *
 * <ul>
 *   <li>Partition columns are not inferred. Spark infers their types from the names of all folders together,
 *       so one user's item would decide how the ids of all users are read.
 *   <li>Timestamps in milliseconds are read as plain whole numbers. Spark multiplies them by 1000 while
 *       decoding and throws if that overflows.
 * </ul>
 */
final class ParquetFiles {
    private ParquetFiles() {}

    /**
     * Reads the files.
     *
     * @param what names the input in errors
     * @throws InputException if a file is damaged, or the files' columns do not go together
     */
    static Dataset<Row> read(SparkSession spark, DataFiles files, String what) {
        try {
            Dataset<Row> found = reader(spark).parquet(files.path());
            Set<String> millis = inMillis(spark.sessionState().newHadoopConf(), files, what);
            return millis.isEmpty()
                    ? found
                    : reader(spark).schema(asNumbers(found.schema(), millis)).parquet(files.path());
        } catch (InputException e) {
            throw e;
        } catch (Exception e) {
            // Spark throws checked exceptions here without declaring them. Their text may quote the file and
            // is left out.
            throw new InputException("Cannot read " + what + " from " + files.path()
                    + ": a file is damaged, the files do not have the same columns, or a column has a type that Spark"
                    + " does not read (timestamps in nanoseconds, for one). Write the files again.");
        }
    }

    private static DataFrameReader reader(SparkSession spark) {
        return spark.read()
                // Reads all footers, so that a damaged file or a different type in one of them is an error
                // now instead of in a task.
                .option("mergeSchema", true)
                .option("recursiveFileLookup", true)
                // Reads dates before 1582 in old files unchanged. The other modes fail on such a row.
                .option("datetimeRebaseMode", "CORRECTED")
                .option("int96RebaseMode", "CORRECTED");
    }

    /**
     * Returns the names of the columns that hold timestamps in milliseconds. Each must do so in all files or
     * in none.
     */
    private static Set<String> inMillis(Configuration hadoop, DataFiles files, String what) throws IOException {
        Map<String, TimeUnit> units = new HashMap<>();
        for (FileStatus file : files.files()) {
            try (ParquetFileReader footer = ParquetFileReader.open(HadoopInputFile.fromStatus(file, hadoop))) {
                for (Type column : footer.getFileMetaData().getSchema().getFields()) {
                    if (column.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time
                            && units.merge(
                                            column.getName(),
                                            time.getUnit(),
                                            (one, other) -> one == other ? one : TimeUnit.NANOS)
                                    != time.getUnit()) {
                        throw new InputException("Cannot read " + what + " from " + files.path() + ": column '"
                                + column.getName()
                                + "' holds timestamps of different units in different files. Write the"
                                + " files again.");
                    }
                }
            }
        }
        Set<String> millis = new HashSet<>(units.keySet());
        millis.removeIf(column -> units.get(column) != TimeUnit.MILLIS);
        return millis;
    }

    private static StructType asNumbers(StructType schema, Set<String> columns) {
        return new StructType(Arrays.stream(schema.fields())
                .map(field -> columns.contains(field.name())
                        ? new StructField(field.name(), DataTypes.LongType, field.nullable(), field.metadata())
                        : field)
                .toArray(StructField[]::new));
    }
}
