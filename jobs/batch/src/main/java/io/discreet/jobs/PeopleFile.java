package io.discreet.jobs;

import static org.apache.spark.sql.functions.lit;

import io.discreet.model.Catalogue;
import io.discreet.privacy.InputException;
import io.discreet.ratings.Histories;
import io.discreet.ratings.RatingColumns;
import io.discreet.ratings.RowRules;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Who gets a list: one column of user ids, CSV with a header or Parquet. */
final class PeopleFile {
    private static final String ITEM = "item";

    private PeopleFile() {}

    /**
     * The ids, each once, by the rules that apply to ids in ratings, so that they match.
     *
     * @throws InputException where the file or its column is not usable
     */
    static JavaRDD<String> read(SparkSession spark, String path, String column) {
        Dataset<Row> raw = open(spark, path);
        if (!Arrays.asList(raw.columns()).contains(column)) {
            // Without a header the first line is somebody's id: the names found are not shown.
            throw new InputException("Cannot read people from " + path + ": it has no column '" + column
                    + "'. Give it a header, or name its column with --user-column.");
        }
        Dataset<Row> rows = raw.select(
                        raw.col("`" + column.replace("`", "``") + "`").as("user"))
                .withColumn(ITEM, lit(ITEM));
        return Histories.of(rows, RatingColumns.DEFAULT, Catalogue.of(List.of()), RowRules.DEFAULT)
                .byUser()
                .keys();
    }

    private static Dataset<Row> open(SparkSession spark, String path) {
        try {
            Dataset<Row> text = spark.read().text(path);
            boolean parquet = Arrays.stream(text.inputFiles()).anyMatch(file -> file.endsWith(".parquet"));
            return parquet
                    ? spark.read().parquet(path)
                    : spark.read()
                            .option("header", true)
                            .option("escape", "\"")
                            .option("ignoreLeadingWhiteSpace", false)
                            .option("ignoreTrailingWhiteSpace", false)
                            .csv(path);
        } catch (Exception e) {
            // Spark throws checked exceptions from here without declaring them, and their text may quote the file.
            throw new InputException("Cannot read people from " + path
                    + ": there is no such file, or it cannot be read. Name a CSV file with a header, or Parquet.");
        }
    }
}
