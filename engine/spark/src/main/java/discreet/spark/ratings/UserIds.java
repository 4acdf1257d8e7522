package discreet.spark.ratings;

import static org.apache.spark.sql.functions.col;

import discreet.InputException;
import discreet.history.DataFiles;
import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A list of people: one column of user ids, CSV with a header or Parquet. Read by the rules for ids in ratings, so that they
 * match, and as total: a row that names nobody is absent.
 */
public final class UserIds {
    private UserIds() {}

    /**
     * The ids in no particular order, as often as they are there.
     *
     * @throws InputException where the path, the files or the column are not usable
     */
    public static JavaRDD<String> read(SparkSession spark, String path, String column) {
        DataFiles files = DataFiles.find(spark.sessionState().newHadoopConf(), path, "people");
        Dataset<Row> users = files.parquet()
                ? parquet(ParquetFiles.read(spark, files, "people"), path, column)
                : CsvRatings.readUsers(spark, files, column).select("user");
        return users.where(col("user").isNotNull()).toJavaRDD().map(row -> row.getString(0));
    }

    private static Dataset<Row> parquet(Dataset<Row> raw, String path, String column) {
        if (!Arrays.asList(raw.columns()).contains(column)) {
            throw noColumn(path, column);
        }
        return raw.select(NormalisedRatings.id(
                        raw.col("`" + column.replace("`", "``") + "`"),
                        raw.schema().apply(column),
                        path)
                .as("user"));
    }

    /** The names that are there are not shown: without a header the first line is somebody's id. */
    static InputException noColumn(String path, String column) {
        return new InputException("Cannot read people from " + path + ": it has no column '" + column
                + "'. Give it a header, or name its column with --user-column.");
    }
}
