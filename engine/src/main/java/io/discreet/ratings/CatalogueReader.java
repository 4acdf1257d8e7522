package io.discreet.ratings;

import static org.apache.spark.sql.functions.concat_ws;

import io.discreet.model.Catalogue;
import io.discreet.model.Item;
import io.discreet.privacy.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
 * Reads the public catalogue ({@code --items}) from CSV with a header or from Parquet: a column of item ids, optionally {@code
 * title} and {@code genres} ({@code |} between, or an array of strings), any other column kept as metadata. The catalogue is
 * public, so its rows may appear in errors, and it is read onto the driver.
 */
public final class CatalogueReader {
    private static final String TITLE = "title";
    private static final String GENRES = "genres";

    private CatalogueReader() {}

    /**
     * The catalogue's items; rows without an id are left out, of several rows with one id the first counts.
     *
     * @throws InputException where the path, the files or the columns are not usable, or no item is listed
     */
    public static Catalogue read(SparkSession spark, String path, String itemColumn) {
        DataFiles files = DataFiles.find(spark.sessionState().newHadoopConf(), path, "the catalogue");
        Dataset<Row> raw = files.parquet() ? ParquetFiles.read(spark, path, "the catalogue") : csv(spark, path);
        List<String> names = Arrays.stream(raw.schema().fieldNames())
                .map(name -> name.startsWith("\uFEFF") ? name.substring(1) : name)
                .toList();
        if (!names.contains(itemColumn)) {
            throw new InputException("Cannot read the catalogue from " + path + ": it has no column '" + itemColumn
                    + "', only " + String.join(", ", names) + ". Name the column of item ids with --item-column.");
        }
        Catalogue catalogue = Catalogue.of(items(raw, path, names, itemColumn));
        if (catalogue.size() == 0) {
            throw new InputException("Cannot use the catalogue " + path + ": it lists no item. Give each item a row.");
        }
        return catalogue;
    }

    private static Dataset<Row> csv(SparkSession spark, String path) {
        try {
            return spark.read()
                    .option("header", true)
                    .option("escape", "\"")
                    .option("multiLine", true)
                    .option("maxColumns", 100_000)
                    .option("recursiveFileLookup", true)
                    .csv(path);
        } catch (Exception e) {
            // Spark throws checked exceptions from here without declaring them.
            throw unreadable(path, e);
        }
    }

    private static List<Item> items(Dataset<Row> raw, String path, List<String> names, String itemColumn) {
        List<Column> select = new ArrayList<>();
        // By position: names may hold dots and quotes, or differ in case alone.
        String[] positions =
                IntStream.range(0, names.size()).mapToObj(i -> "c" + i).toArray(String[]::new);
        Dataset<Row> positional = raw.toDF(positions);
        for (int i = 0; i < positions.length; i++) {
            Column column = positional.col(positions[i]);
            DataType type = raw.schema().apply(i).dataType();
            boolean genreList = names.get(i).equals(GENRES)
                    && type instanceof ArrayType array
                    && array.elementType() instanceof StringType;
            if (names.get(i).equals(itemColumn) && (type instanceof BinaryType || type instanceof ArrayType)) {
                throw new InputException("Cannot read the catalogue from " + path + ": column '" + itemColumn
                        + "' holds " + type.simpleString() + ", not text or numbers. Convert the column.");
            }
            select.add(genreList ? concat_ws("|", column) : column.cast(DataTypes.StringType));
        }
        List<Row> rows;
        try {
            rows = positional.select(select.toArray(new Column[0])).collectAsList();
        } catch (Exception e) {
            throw unreadable(path, e);
        }
        List<Item> items = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Item item = item(row, names, itemColumn);
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    private static @Nullable Item item(Row row, List<String> names, String itemColumn) {
        String id = null;
        String title = null;
        List<String> genres = List.of();
        Map<String, String> metadata = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String value = row.isNullAt(i) ? "" : row.getString(i);
            if (value.isEmpty()) {
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
        return id == null ? null : new Item(id, title, genres, metadata);
    }

    private static InputException unreadable(String path, Exception cause) {
        return new InputException(
                "Cannot read the catalogue from " + path
                        + ": Spark cannot read the files. Check that they are CSV with a header" + " or Parquet.",
                cause);
    }
}
