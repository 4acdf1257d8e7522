package discreet.spark.ratings;

import static org.apache.spark.sql.functions.col;

import discreet.InputException;
import discreet.files.DataFiles;
import discreet.files.ParquetColumn;
import discreet.files.ParquetTable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads a list of users, one column of user ids in CSV with a header or in Parquet. Ids are read by the same
 * rules as in ratings, so that they match. Reading is total too, and a row without an id is absent.
 */
public final class UserIds {
    private UserIds() {}

    /**
     * Returns the ids in no particular order, with repetitions.
     *
     * @throws InputException if the path, the files or the column cannot be used
     */
    public static JavaRDD<String> read(SparkSession spark, String path, String column) {
        DataFiles files = DataFiles.find(spark.sessionState().newHadoopConf(), path, "people");
        Dataset<Row> users = files.parquet()
                ? parquet(spark, files, column)
                : CsvRatings.readUsers(spark, files, column).select("user");
        return users.where(col("user").isNotNull()).toJavaRDD().map(row -> row.getString(0));
    }

    private static Dataset<Row> parquet(SparkSession spark, DataFiles files, String column) {
        String path = files.path();
        ParquetColumn found = ParquetTable.of(files, "people").columns().stream()
                .filter(known -> known.name().equals(column))
                .findFirst()
                .orElseThrow(() -> noColumn(path, column));
        if (!found.isReadable() || !found.isEverywhere()) {
            throw new InputException("Cannot read people from " + path + ": column '" + column + "' holds "
                    + (found.isReadable() ? "nothing in some of the files" : found.type())
                    + ". Write all files with the same column of text or whole numbers.");
        }
        Dataset<Row> raw = ParquetFiles.read(spark, files, List.of(found));
        return raw.select(NormalisedRatings.id(
                        raw.col("`" + column.replace("`", "``") + "`"),
                        raw.schema().apply(column),
                        path)
                .as("user"));
    }

    /**
     * Makes the error for a missing column. It does not list the columns found. In a file without a header,
     * the first line is some user's id.
     */
    static InputException noColumn(String path, String column) {
        return new InputException("Cannot read people from " + path + ": it has no column '" + column
                + "'. Give it a header, or name its column with `userCol`.");
    }
}
