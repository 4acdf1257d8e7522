package discreet.spark.ratings;

import discreet.InputException;
import discreet.history.DataFiles;
import discreet.history.RatingColumns;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads ratings from CSV with a header or from Parquet: a file, a folder or a glob. Which of the two it is is seen from the
 * files ({@code .parquet}, {@code .csv}, {@code .csv.gz}, otherwise the first bytes).
 *
 * <p>Only what is public can be wrong: the path, the files' readability, their columns and the types of these. Any row is
 * accepted; what it counts for is decided in {@link Histories}.
 */
public final class RatingsReader {
    private RatingsReader() {}

    /**
     * The ratings in their normal form, whatever the columns are called in the data: {@code user} string, {@code item} string,
     * {@code rating} double (no such column where the data has no ratings, null where a row has none that is usable), {@code
     * timestamp} long, milliseconds since 1970 ({@link Long#MIN_VALUE}, the oldest, where there is no usable time). Lazy: rows
     * are read when they are used.
     *
     * @throws InputException where the path, the files or the columns are not usable
     */
    public static Dataset<Row> read(SparkSession spark, String path, RatingColumns columns) {
        DataFiles files = DataFiles.find(spark.sessionState().newHadoopConf(), path, "ratings");
        return files.parquet()
                ? NormalisedRatings.of(ParquetFiles.read(spark, files, "ratings"), path, columns)
                : CsvRatings.read(spark, files, columns);
    }

    /**
     * The ratings as they are in the files, for {@link Histories}, {@link UncataloguedHistories} and whatever is trained, which bring them into the
     * normal form themselves and read Parquet by columns where they can. Pass the same columns on.
     *
     * @throws InputException where the path, the files or the columns are not usable
     */
    public static Dataset<Row> open(SparkSession spark, String path, RatingColumns columns) {
        DataFiles files = DataFiles.find(spark.sessionState().newHadoopConf(), path, "ratings");
        if (!files.parquet()) {
            return CsvRatings.read(spark, files, columns);
        }
        Dataset<Row> raw = ParquetFiles.read(spark, files, "ratings");
        NormalisedRatings.of(raw, path, columns); // whatever is wrong with the columns is said of this path
        return raw;
    }
}
