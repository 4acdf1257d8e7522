package discreet.catalogue;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.spark.SparkTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A catalogue in Parquet, read without Spark: each value as Spark casts it to a string. */
class ParquetCatalogueTest extends SparkTest {
    private static final String ALL_TYPES = """
            SELECT CONCAT('i', id) AS item, id AS big, CAST(id AS INT) AS int, CAST(id AS SMALLINT) AS small,
              CAST(id AS TINYINT) AS tiny, CAST(id / 7 AS FLOAT) AS real, id * 1e9 / 7 AS double, id % 2 = 0 AS flag,
              CAST(id AS DECIMAL(4,1)) AS decimal, CAST(id * 1.5 AS DECIMAL(30,9)) AS long_decimal,
              DATE'1969-12-30' + CAST(id * 100000 AS INT) AS date,
              TIMESTAMP'1969-12-31 23:59:58.25' + MAKE_INTERVAL(CAST(id * 90 AS INT), 0, 0, 0, 0, 0, id / 8) AS time,
              CAST(TIMESTAMP'2001-02-03 04:05:06' AS TIMESTAMP_NTZ) AS local, CAST(CONCAT('b', id) AS BINARY) AS bytes,
              SPLIT(CONCAT('a|', id, '|b'), '[|]') AS texts, ARRAY('x', NULL, CAST(id AS STRING)) AS some,
              CAST(ARRAY() AS ARRAY<STRING>) AS no_texts, ARRAY(id, NULL, 3) AS numbers, ARRAY(ARRAY(1), NULL) AS lists,
              MAP('k', id, 'none', NULL) AS map, STRUCT(id, NULL AS n, STRUCT('x' AS y) AS s) AS struct,
              ARRAY(STRUCT(DATE'2001-02-03' AS d, 1.50 AS p)) AS structs,
              IF(id % 3 = 0, NULL, 'text') AS sometimes, CAST(NULL AS STRING) AS never, '' AS empty
            FROM RANGE(-3, 9)""";

    /** The title and genres of an item are not metadata, and empty values are left out. */
    private static Map<String, Map<String, String>> bySpark(Dataset<Row> data) {
        Column[] texts = Arrays.stream(data.schema().fields())
                .map(field -> field.dataType() instanceof ArrayType list
                                && list.elementType().equals(DataTypes.StringType)
                        ? concat_ws("|", col(field.name()))
                        : col(field.name()).cast("string"))
                .toArray(Column[]::new);
        Map<String, Map<String, String>> items = new TreeMap<>();
        for (Row row : data.select(texts).collectAsList()) {
            Map<String, String> metadata = new TreeMap<>();
            for (int field = 1; field < row.size(); field++) {
                if (!row.isNullAt(field) && !row.getString(field).isEmpty()) {
                    metadata.put(data.columns()[field], row.getString(field));
                }
            }
            items.put(row.getString(0), metadata);
        }
        return items;
    }

    private static Map<String, Map<String, String>> alone(Path path, String column) {
        Map<String, Map<String, String>> items = new TreeMap<>();
        CatalogueReader.read(path.toString(), column).items().forEach(item -> items.put(item.id(), item.metadata()));
        return items;
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT96", "TIMESTAMP_MICROS"})
    void read_everyType_isTheTextOfSpark(String timestamps, @TempDir Path folder) {
        spark().conf().set("spark.sql.parquet.outputTimestampType", timestamps);
        try {
            Dataset<Row> data = spark().sql(ALL_TYPES);
            data.write().parquet(folder.resolve("items").toString());
            Map<String, Map<String, String>> expected = bySpark(data);
            assertThat(expected).hasSize(12);
            assertThat(alone(folder.resolve("items"), "item")).isEqualTo(expected);
        } finally {
            spark().conf().unset("spark.sql.parquet.outputTimestampType");
        }
    }

    @Test
    void read_legacyLists_areTheTextOfSpark(@TempDir Path folder) {
        spark().conf().set("spark.sql.parquet.writeLegacyFormat", true);
        try {
            Dataset<Row> data = spark().sql(
                            "SELECT 'a' AS item, ARRAY('x', 'y') AS texts, ARRAY(1, 2) AS numbers, MAP(1, 'one') AS"
                                    + " map");
            data.write().parquet(folder.resolve("items").toString());
            assertThat(alone(folder.resolve("items"), "item")).isEqualTo(bySpark(data));
        } finally {
            spark().conf().unset("spark.sql.parquet.writeLegacyFormat");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"big", "tiny", "double", "flag", "decimal", "date", "time"})
    void read_idsOfAnyPlainType_areTheTextOfSpark(String column, @TempDir Path folder) {
        Dataset<Row> data = spark().sql(ALL_TYPES).select(column);
        data.write().parquet(folder.resolve("items").toString());
        assertThat(alone(folder.resolve("items"), column)).isEqualTo(bySpark(data));
    }

    @Test
    void read_idsThatAreBytesOrLists_areRefused(@TempDir Path folder) {
        spark().sql(ALL_TYPES).write().parquet(folder.resolve("items").toString());
        for (Map.Entry<String, String> column : Map.of(
                        "bytes", "binary", "texts", "array<string>", "numbers", "array<bigint>")
                .entrySet()) {
            assertThatThrownBy(() -> alone(folder.resolve("items"), column.getKey()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("column '" + column.getKey() + "' holds " + column.getValue()
                            + ", not text or numbers. Convert the column.");
        }
    }

    @Test
    void read_titleGenresAndAttributes_areThoseOfTheColumns(@TempDir Path folder) {
        Path path = folder.resolve("i");
        spark().range(2)
                .select(
                        col("id").as("movie"),
                        lit("T").as("title"),
                        split(lit("a|b"), "\\|").as("genres"),
                        lit(1999).as("year.of"),
                        lit(null).cast("string").as("none"))
                .write()
                .parquet(path.toString());

        assertThat(CatalogueReader.read(path.toString(), "movie").items())
                .containsExactly(
                        new Item("0", "T", List.of("a", "b"), Map.of("year.of", "1999")),
                        new Item("1", "T", List.of("a", "b"), Map.of("year.of", "1999")));
    }

    @Test
    void read_severalFiles_haveTheColumnsOfAll(@TempDir Path folder) {
        Path path = folder.resolve("items");
        spark().sql("SELECT 'a' AS item, 'new' AS title, 1 AS x")
                .write()
                .parquet(path.resolve("1").toString());
        spark().sql("SELECT 'old' AS title, 'b' AS item, 2 AS x, 3L AS y")
                .write()
                .parquet(path.resolve("2").toString());
        List<Item> items =
                new ArrayList<>(CatalogueReader.read(path.toString(), "item").items());
        assertThat(items)
                .containsExactly(
                        new Item("a", "new", List.of(), Map.of("x", "1")),
                        new Item("b", "old", List.of(), Map.of("x", "2", "y", "3")));
        spark().sql("SELECT 'c' AS item").write().parquet(path.resolve("3").toString());
        assertThatThrownBy(() -> CatalogueReader.read(path.toString(), "item"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("some of its files have no column 'title'");
    }
}
