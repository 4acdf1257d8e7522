package discreet.spark.ratings;

import static org.apache.spark.sql.functions.concat_ws;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.history.ColumnNames;
import discreet.history.CsvLine;
import discreet.history.DataFiles;
import discreet.history.LineScanner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the public catalogue from CSV with a header or from Parquet. It has a column of item ids and
 * optionally {@code title} and {@code genres} (separated by {@code |}, or an array of text). Any other column
 * is kept as metadata. The catalogue is public, so errors may quote its rows. It is read on the driver.
 */
public final class CatalogueReader {
    private static final String TITLE = "title";
    private static final String GENRES = "genres";

    private CatalogueReader() {}

    /**
     * Returns the items of a catalogue. Rows without an id are left out, and the first of several rows with
     * the same id counts.
     *
     * @throws InputException if the path, the files or the columns cannot be used, or if no item is listed
     */
    public static Catalogue read(SparkSession spark, String path, String itemColumn) {
        Configuration hadoop = spark.sessionState().newHadoopConf();
        DataFiles files = DataFiles.find(hadoop, path, "the catalogue");
        List<Item> items = new ArrayList<>();
        if (files.parquet()) {
            readParquet(spark, files, itemColumn, items);
        } else {
            for (FileStatus file : files.files()) {
                readCsv(hadoop, file, itemColumn, items);
            }
        }
        return nonEmpty(path, items);
    }

    /**
     * Does the same as {@link #read} without Spark, for a catalogue in CSV. Returns empty for a catalogue in
     * Parquet.
     *
     * @throws InputException as {@link #read}
     */
    public static Optional<Catalogue> readCsv(String path, String itemColumn) {
        Configuration hadoop = new Configuration();
        DataFiles files = DataFiles.find(hadoop, path, "the catalogue");
        if (files.parquet()) {
            return Optional.empty();
        }
        List<Item> items = new ArrayList<>();
        for (FileStatus file : files.files()) {
            readCsv(hadoop, file, itemColumn, items);
        }
        return Optional.of(nonEmpty(path, items));
    }

    private static Catalogue nonEmpty(String path, List<Item> items) {
        Catalogue catalogue = Catalogue.of(items);
        if (catalogue.size() == 0) {
            throw new InputException("Cannot use the catalogue " + path + ": it lists no item. Give each item a row.");
        }
        return catalogue;
    }

    /**
     * Reads a CSV file whose records may span lines within quotes. Errors name the line, since the data is
     * public.
     */
    private static void readCsv(Configuration hadoop, FileStatus file, String itemColumn, List<Item> items) {
        String path = file.getPath().toString();
        try (LineScanner lines = new LineScanner(DataFiles.openText(hadoop, file.getPath()), 0)) {
            List<String> names = null;
            StringBuilder record = new StringBuilder();
            int first = 0;
            for (int number = 1; lines.next(Long.MAX_VALUE); number++) {
                first = record.isEmpty() ? number : first;
                record.append(record.isEmpty() ? "" : "\n")
                        .append(number == 1 ? CsvRatings.withoutMark(lines.line()) : lines.line());
                String[] fields = CsvLine.parse(record.toString());
                if (lines.tooLong() || record.length() > LineScanner.MAX_LINE_BYTES) {
                    throw new InputException("Cannot read the catalogue from " + path + ": the record at line " + first
                            + " is longer than 1 MiB; a quote may not be closed. Correct the line.");
                }
                if (fields == null) {
                    continue;
                }
                if (names == null) {
                    names = Arrays.stream(fields).map(String::strip).toList();
                    checkColumns(path, names, itemColumn);
                } else if (!record.toString().isBlank()) {
                    add(names, Arrays.asList(fields), itemColumn, items);
                }
                record.setLength(0);
            }
            if (!record.isEmpty()) {
                throw new InputException("Cannot read the catalogue from " + path + ": a quote at line " + first
                        + " is never closed. Correct the line.");
            }
            if (names == null) {
                throw new InputException("Cannot read the catalogue from " + path
                        + ": the file is empty. Begin it with a header such as item,title,genres.");
            }
        } catch (IOException e) {
            throw new InputException(
                    "Cannot read the catalogue from " + path + ": the file is damaged or may not be read. Check it.",
                    e);
        }
    }

    private static void readParquet(SparkSession spark, DataFiles files, String itemColumn, List<Item> items) {
        String path = files.path();
        Dataset<Row> raw = ParquetFiles.read(spark, files, "the catalogue");
        List<String> names = List.of(raw.schema().fieldNames());
        checkColumns(path, names, itemColumn);
        // Columns are selected by position, since names may contain dots and quotes, or differ only in case.
        String[] positions =
                IntStream.range(0, names.size()).mapToObj(i -> "c" + i).toArray(String[]::new);
        Dataset<Row> positional = raw.toDF(positions);
        List<Column> select = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            Column column = positional.col(positions[i]);
            DataType type = raw.schema().apply(i).dataType();
            boolean list = type instanceof ArrayType array && array.elementType() instanceof StringType;
            if (names.get(i).equals(itemColumn) && (type instanceof BinaryType || type instanceof ArrayType)) {
                throw new InputException("Cannot read the catalogue from " + path + ": column '" + itemColumn
                        + "' holds " + type.simpleString() + ", not text or numbers. Convert the column.");
            }
            select.add(list ? concat_ws("|", column) : column.cast(DataTypes.StringType));
        }
        try {
            for (Row row : positional.select(select.toArray(new Column[0])).collectAsList()) {
                List<@Nullable String> values = new ArrayList<>();
                for (int i = 0; i < positions.length; i++) {
                    values.add(row.getString(i));
                }
                add(names, values, itemColumn, items);
            }
        } catch (Exception e) {
            // Spark throws checked exceptions here without declaring them.
            throw new InputException(
                    "Cannot read the catalogue from " + path + ": a Parquet file is damaged. Write it again.", e);
        }
    }

    private static void checkColumns(String path, List<String> names, String itemColumn) {
        if (!names.contains(itemColumn)) {
            throw new InputException("Cannot read the catalogue from " + path + ": it has no column '" + itemColumn
                    + "', only " + ColumnNames.shown(names) + ". Name the column of item ids with `itemIdCol`.");
        }
    }

    private static void add(
            List<String> names, List<? extends @Nullable String> values, String itemColumn, List<Item> items) {
        String id = null;
        String title = null;
        List<String> genres = List.of();
        Map<String, String> metadata = new TreeMap<>();
        for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
            String name = names.get(i);
            String value = values.get(i);
            if (value == null || value.isEmpty()) {
                continue;
            }
            if (name.equals(itemColumn)) {
                id = value;
            } else if (name.equals(TITLE)) {
                title = value;
            } else if (name.equals(GENRES)) {
                genres = Arrays.stream(value.split("\\|"))
                        .map(String::strip)
                        .filter(genre -> !genre.isEmpty())
                        .toList();
            } else {
                metadata.put(name, value);
            }
        }
        if (id != null) {
            items.add(new Item(id, title, genres, metadata));
        }
    }
}
