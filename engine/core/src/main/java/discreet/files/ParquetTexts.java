package discreet.files;

import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UnknownLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads every row of Parquet files as text, each value as Spark SQL casts it to a string, times in UTC. A
 * list of text is its elements with {@code |} between.
 */
public final class ParquetTexts implements Closeable {
    private static final String NULL = "null";

    /** Formats times as Spark does, without zeros at the end of the fraction. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    private final DataFiles files;
    private final List<ParquetColumn> columns;
    private final Queue<FileStatus> left;
    private @Nullable ParquetReader<Group> reader;

    ParquetTexts(DataFiles files, List<ParquetColumn> columns) {
        this.files = files;
        this.columns = columns;
        this.left = new ArrayDeque<>(files.files());
    }

    /**
     * Returns the values of the next row, with null for a missing value. Returns null after the last row.
     */
    public @Nullable List<@Nullable String> next() throws IOException {
        while (true) {
            Group row = reader == null ? null : reader.read();
            if (row != null) {
                return values(row);
            }
            close();
            FileStatus file = left.poll();
            if (file == null) {
                return null;
            }
            reader = new GroupReader(files.input(file)).build();
        }
    }

    private List<@Nullable String> values(Group row) {
        GroupType schema = row.getType();
        List<@Nullable String> values = new ArrayList<>();
        for (ParquetColumn column : columns) {
            int field = field(schema, column.name());
            if (field < 0) {
                values.add(null);
            } else if (column.isTextList()) {
                values.add(joined(row, field));
            } else {
                values.add(column.type().equals(ParquetType.BIGINT) ? number(row, field) : text(row, field));
            }
        }
        return values;
    }

    private static int field(GroupType schema, String name) {
        for (int field = 0; field < schema.getFieldCount(); field++) {
            if (ParquetTable.key(schema.getFieldName(field)).equals(ParquetTable.key(name))) {
                return field;
            }
        }
        return -1;
    }

    private static @Nullable String joined(Group row, int field) {
        List<@Nullable String> elements = elements(row, field);
        return elements == null
                ? null
                : String.join(
                        "|",
                        elements.stream().filter(element -> element != null).toList());
    }

    private static @Nullable String number(Group row, int field) {
        return row.getFieldRepetitionCount(field) == 0
                ? null
                : Long.toString(ParquetValue.number(
                        value(row, field, 0), row.getType().getType(field).asPrimitiveType()));
    }

    private static @Nullable String text(Group row, int field) {
        Type type = row.getType().getType(field);
        if (type.isRepetition(Type.Repetition.REPEATED)) {
            return list(elements(row, field));
        }
        return row.getFieldRepetitionCount(field) == 0 ? null : text(row, field, 0);
    }

    /** Returns the elements of a list as text, or null if there is no list. */
    private static @Nullable List<@Nullable String> elements(Group row, int field) {
        Type type = row.getType().getType(field);
        List<@Nullable String> elements = new ArrayList<>();
        if (type.isRepetition(Type.Repetition.REPEATED)) {
            for (int at = 0; at < row.getFieldRepetitionCount(field); at++) {
                elements.add(text(row, field, at));
            }
            return elements;
        }
        if (row.getFieldRepetitionCount(field) == 0) {
            return null;
        }
        Group list = row.getGroup(field, 0);
        boolean isElement = ParquetType.isElement(type.asGroupType());
        for (int at = 0; at < list.getFieldRepetitionCount(0); at++) {
            elements.add(isElement ? text(list, 0, at) : text(list.getGroup(0, at), 0));
        }
        return elements;
    }

    private static @Nullable String list(@Nullable List<@Nullable String> elements) {
        return elements == null ? null : "[" + String.join(", ", withNulls(elements)) + "]";
    }

    private static List<String> withNulls(List<@Nullable String> values) {
        return values.stream().map(value -> value == null ? NULL : value).toList();
    }

    /** Formats one value of any type. */
    private static String text(Group row, int field, int at) {
        Type type = row.getType().getType(field);
        if (type.isPrimitive()) {
            return text(value(row, field, at), type.asPrimitiveType());
        }
        Group group = row.getGroup(field, at);
        LogicalTypeAnnotation note = type.getLogicalTypeAnnotation();
        if (note instanceof ListLogicalTypeAnnotation) {
            return String.valueOf(list(elements(row, field)));
        }
        if (note != null) {
            return map(group);
        }
        List<@Nullable String> fields = new ArrayList<>();
        for (int child = 0; child < type.asGroupType().getFieldCount(); child++) {
            fields.add(text(group, child));
        }
        return "{" + String.join(", ", withNulls(fields)) + "}";
    }

    private static String map(Group map) {
        List<String> entries = new ArrayList<>();
        for (int at = 0; at < map.getFieldRepetitionCount(0); at++) {
            Group entry = map.getGroup(0, at);
            entries.add(text(entry, 0) + " -> " + text(entry, 1));
        }
        return "{" + String.join(", ", entries) + "}";
    }

    private static Object value(Group row, int field, int at) {
        return switch (row.getType().getType(field).asPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> row.getBoolean(field, at);
            case INT32 -> row.getInteger(field, at);
            case INT64 -> row.getLong(field, at);
            case FLOAT -> row.getFloat(field, at);
            case DOUBLE -> row.getDouble(field, at);
            case INT96 -> row.getInt96(field, at);
            case BINARY, FIXED_LEN_BYTE_ARRAY -> row.getBinary(field, at);
        };
    }

    private static String text(Object value, PrimitiveType type) {
        LogicalTypeAnnotation note = type.getLogicalTypeAnnotation();
        if (note instanceof UnknownLogicalTypeAnnotation) {
            return NULL;
        }
        if (ParquetValue.isDecimal(type)) {
            BigDecimal decimal = ParquetValue.decimal(value, type);
            return decimal.toPlainString();
        }
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN, FLOAT, DOUBLE -> value.toString();
            case BINARY, FIXED_LEN_BYTE_ARRAY -> ParquetValue.text((Binary) value);
            case INT96 -> time(ParquetValue.number(value, type));
            case INT32, INT64 -> {
                long number = ParquetValue.number(value, type);
                if (note instanceof DateLogicalTypeAnnotation) {
                    yield LocalDate.ofEpochDay(number).toString();
                }
                if (note instanceof TimestampLogicalTypeAnnotation) {
                    yield time(ParquetValue.microsInside(value, type));
                }
                yield Long.toString(number);
            }
        };
    }

    private static String time(long micros) {
        Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        return DateTimeFormatter.ISO_LOCAL_DATE.format(instant.atOffset(ZoneOffset.UTC)) + " "
                + TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    /** Builds a reader of groups for any file, whereas Parquet's own builder takes Hadoop paths only. */
    private static final class GroupReader extends ParquetReader.Builder<Group> {
        GroupReader(InputFile file) {
            super(file, new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }
}
