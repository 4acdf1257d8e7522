package discreet.spark.ratings;

import discreet.InputException;
import discreet.files.ParquetColumn;
import discreet.history.CsvObserver;
import discreet.history.RatingColumns;
import discreet.history.RatingsInput;
import discreet.history.RatingsSchema;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Reads ratings from CSV with a header or from Parquet, given as a file, a folder or a glob. The format
 * follows from the names of the files ({@code .parquet}, {@code .csv}, {@code .csv.gz}) or otherwise from
 * their first bytes.
 *
 * <p>Only public facts can cause an error, namely the path, the readability of the files, their columns and
 * the columns' types. No row is an error. A line of CSV that is not a row is left out, and {@link Histories}
 * decides about the others.
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
    public static Dataset<Row> read(SparkSession spark, RatingsInput input) {
        return read(spark, RatingsSchema.of(spark.sessionState().newHadoopConf(), input));
    }

    /** Does the same for files whose columns were found before. */
    public static Dataset<Row> read(SparkSession spark, RatingsSchema schema) {
        RatingsInput input = schema.input();
        return NormalisedRatings.of(open(spark, schema), input.path(), input.columns());
    }

    /** Does the same as {@link #read(SparkSession, RatingsInput)} for files without columns to ignore. */
    public static Dataset<Row> read(SparkSession spark, String path, RatingColumns columns) {
        return read(spark, new RatingsInput(path, columns));
    }

    /**
     * Returns ratings to pass to {@link Histories} or {@link ItemIdHistories}. Parquet comes with the
     * columns and types of the files, so that it can be read in column batches. CSV comes in the normal form.
     * Pass the same columns on to them.
     *
     * @throws InputException if the path, the files or the columns cannot be used
     */
    public static Dataset<Row> open(SparkSession spark, RatingsInput input) {
        return open(spark, RatingsSchema.of(spark.sessionState().newHadoopConf(), input));
    }

    /** Does the same for files whose columns were found before. */
    public static Dataset<Row> open(SparkSession spark, RatingsSchema schema) {
        return open(spark, schema, null);
    }

    /** @param observer looks at every record of CSV files, or is null */
    public static Dataset<Row> open(SparkSession spark, RatingsSchema schema, @Nullable CsvObserver observer) {
        List<ParquetColumn> columns = schema.parquetColumns();
        if (columns != null) {
            return ParquetFiles.read(spark, schema.files(), columns);
        }
        return CsvRatings.rows(spark, schema.files(), Objects.requireNonNull(schema.layout()), observer);
    }

    /** Does the same as {@link #open(SparkSession, RatingsInput)} for files without columns to ignore. */
    public static Dataset<Row> open(SparkSession spark, String path, RatingColumns columns) {
        return open(spark, new RatingsInput(path, columns));
    }
}
