package discreet.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import discreet.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads Parquet files as one table without Spark, by the rules of {@code
 * discreet.spark.ratings.ParquetFiles}.
 *
 * <ul>
 *   <li>Columns are those of all files. A column that a file lacks is null there, and {@link
 *       ParquetColumn#isEverywhere} says so. Columns whose names differ only in case are one.
 *   <li>Columns of types that Spark does not read are listed, and are an error only where they are used.
 *   <li>Names of folders make no columns.
 *   <li>Timestamps in milliseconds are whole numbers.
 * </ul>
 *
 * <p>All footers are read before any row, so that a damaged file is an error that depends on the
 * schema alone.
 */
public final class ParquetTable {
    private static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Spark's JSON has other names for these types than its SQL. */
    private static final Map<String, String> SQL_NAMES =
            Map.of("byte", "tinyint", "short", "smallint", "integer", "int", "long", ParquetType.BIGINT);

    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),(\\d+)\\)");

    private final DataFiles files;
    private final List<ParquetColumn> columns;

    private ParquetTable(DataFiles files, List<ParquetColumn> columns) {
        this.files = files;
        this.columns = List.copyOf(columns);
    }

    /**
     * Reads the footers of files and returns their table.
     *
     * @param what names the table in errors ({@code ratings}, {@code the catalogue})
     * @throws InputException if a file is damaged, the files do not go together, or a type is not supported
     */
    public static ParquetTable of(DataFiles files, String what) {
        Map<String, ParquetColumn> merged = new LinkedHashMap<>();
        Map<String, TimeUnit> units = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        try {
            for (FileStatus file : files.files()) {
                for (ParquetColumn column : columns(files, file, units)) {
                    String key = key(column.name());
                    counts.merge(key, 1, Integer::sum);
                    ParquetColumn known = merged.putIfAbsent(key, column);
                    if (known != null) {
                        merged.put(key, merged(known, column));
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            // The cause is left out because Parquet's own messages may quote the file.
            throw unreadable(files, what);
        }
        List<ParquetColumn> columns = new ArrayList<>();
        merged.forEach((key, column) -> columns.add(new ParquetColumn(
                column.name(),
                units.get(key) == TimeUnit.MILLIS && column.isReadable() ? ParquetType.BIGINT : column.type(),
                column.notes(),
                counts.getOrDefault(key, 0) == files.files().size())));
        return new ParquetTable(files, columns);
    }

    private static InputException unreadable(DataFiles files, String what) {
        return new InputException("Cannot read " + what + " from " + files.path()
                + ": a file is damaged, or has two columns of one name. Write the files again.");
    }

    /** Returns the form of a name by which columns are compared, in lower case. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static List<ParquetColumn> columns(DataFiles files, FileStatus file, Map<String, TimeUnit> units)
            throws IOException {
        try (ParquetFileReader footer = ParquetFileReader.open(files.input(file), options())) {
            FileMetaData metadata = footer.getFileMetaData();
            Map<String, JsonNode> bySpark = bySpark(metadata);
            List<ParquetColumn> columns = new ArrayList<>();
            Set<String> keys = new HashSet<>();
            for (Type field : metadata.getSchema().getFields()) {
                String key = key(field.getName());
                if (!keys.add(key)) {
                    throw new IllegalArgumentException("a column twice");
                }
                ParquetColumn column = column(field, bySpark.get(field.getName()));
                boolean isMixed = field.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time
                        && units.merge(key, time.getUnit(), (one, other) -> one == other ? one : TimeUnit.NANOS)
                                != time.getUnit();
                columns.add(isMixed ? column.withType(ParquetType.MIXED) : column);
            }
            return columns;
        }
    }

    /**
     * Returns what Spark wrote about its columns, by name. Empty if Spark did not write the file, or wrote
     * no JSON.
     */
    private static Map<String, JsonNode> bySpark(FileMetaData metadata) {
        Map<String, JsonNode> columns = new HashMap<>();
        String schema = metadata.getKeyValueMetaData().get(SPARK_SCHEMA);
        if (schema != null) {
            try {
                JSON.readTree(schema)
                        .path("fields")
                        .forEach(field -> columns.put(field.path("name").asText(), field));
            } catch (JsonProcessingException e) {
                return Map.of();
            }
        }
        return columns;
    }

    private static ParquetColumn column(Type field, @Nullable JsonNode bySpark) {
        String type = ParquetType.name(field);
        if (bySpark == null) {
            return new ParquetColumn(field.getName(), type, Set.of(), true);
        }
        Set<String> notes = new HashSet<>();
        bySpark.path("metadata").fieldNames().forEachRemaining(notes::add);
        String named =
                bySpark.path("type").path("type").asText(bySpark.path("type").asText());
        boolean isPlain = bySpark.path("type").isTextual() && !named.startsWith(ParquetType.STRING);
        return new ParquetColumn(
                field.getName(),
                isPlain || named.equals("udt") ? SQL_NAMES.getOrDefault(named, named) : type,
                notes,
                true);
    }

    /** Merges a column of two files. Decimals of one scale may differ in their number of digits. */
    private static ParquetColumn merged(ParquetColumn one, ParquetColumn other) {
        if (one.type().equals(other.type())) {
            return one;
        }
        Matcher first = DECIMAL.matcher(one.type());
        Matcher second = DECIMAL.matcher(other.type());
        if (!first.matches() || !second.matches() || !first.group(2).equals(second.group(2))) {
            return one.withType(ParquetType.MIXED);
        }
        return Integer.parseInt(first.group(1)) >= Integer.parseInt(second.group(1)) ? one : one.withType(other.type());
    }

    /** Returns options that need no configuration of Hadoop. */
    static ParquetReadOptions options() {
        return ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    }

    /**
     * Returns the columns of the first file in their order, followed by those that only later files have.
     */
    public List<ParquetColumn> columns() {
        return columns;
    }

    /**
     * Opens the rows of some columns that are not nested.
     *
     * @param wanted by which the values of a row are numbered
     */
    public ParquetRows rows(List<ParquetColumn> wanted) {
        return new ParquetRows(files, wanted);
    }

    /**
     * Returns every row as text, one value a column, in the order of the given columns. For data that fits
     * into memory.
     */
    public ParquetTexts texts(List<ParquetColumn> wanted) {
        return new ParquetTexts(files, wanted);
    }
}
