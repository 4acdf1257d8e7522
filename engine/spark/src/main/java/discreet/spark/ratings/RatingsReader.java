package discreet.spark.ratings;

import discreet.InputException;
import discreet.files.DataFiles;
import discreet.history.RatingColumns;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads ratings from CSV with a header or from Parquet, given as a file, a folder or a glob. The format
 * follows from the names of the files ({@code .parquet}, {@code .csv}, {@code .csv.gz}) or otherwise from
 * their first bytes.
 *
 * <p>Only public facts can cause an error, namely the path, the readability of the files, their columns and
 * the columns' types. Any row is accepted, and {@link Histories} decides what it counts for.
 */
public final class RatingsReader {
    private RatingsReader() {}

    /**
     * Returns the ratings in the normal form, with default column names. The columns are {@code user} string,
     * {@code item} string, {@code rating} double and {@code timestamp} long. A rating is null if it is
     * unusable, and the column is missing if the data has no ratings. A timestamp is in milliseconds since
     * 1970, or {@link Long#MIN_VALUE}, the oldest, if it is unusable. Lazy, so rows are read when they are
     * used.
     *
     * @throws InputException if the path, the files or the columns cannot be used
     */
    public static Dataset<Row> read(SparkSession spark, String path, RatingColumns columns) {
        DataFiles files = DataFiles.find(spark.sessionState().newHadoopConf(), path, "ratings");
        return files.parquet()
                ? NormalisedRatings.of(ParquetFiles.read(spark, files, "ratings"), path, columns)
                : CsvRatings.read(spark, files, columns);
    }

    /**
     * Returns the ratings as they are in the files, for {@link Histories}, {@link UncataloguedHistories} and
     * training. These bring the ratings into the normal form themselves and read Parquet in columnar batches
     * where they can. Pass the same columns on to them.
     *
     * @throws InputException if the path, the files or the columns cannot be used
     */
    public static Dataset<Row> open(SparkSession spark, String path, RatingColumns columns) {
        DataFiles files = DataFiles.find(spark.sessionState().newHadoopConf(), path, "ratings");
        if (!files.parquet()) {
            return CsvRatings.read(spark, files, columns);
        }
        Dataset<Row> raw = ParquetFiles.read(spark, files, "ratings");
        NormalisedRatings.of(raw, path, columns); // reports unusable columns under this path
        return raw;
    }
}
