package discreet.files;

import java.util.Set;

/**
 * Describes a column of a {@link ParquetTable}.
 *
 * @param type Spark SQL's name for the type of the values, such as {@code string} or {@code decimal(4,2)}
 * @param notes keys of the metadata that Spark keeps with the column
 * @param isEverywhere whether all files have the column
 */
public record ParquetColumn(String name, String type, Set<String> notes, boolean isEverywhere) {
    public ParquetColumn {
        notes = Set.copyOf(notes);
    }

    ParquetColumn withType(String other) {
        return new ParquetColumn(name, other, notes, isEverywhere);
    }

    /** Returns whether Spark reads the type, which {@link #type} then names. */
    public boolean isReadable() {
        return !Set.of(ParquetType.NANOSECONDS, ParquetType.UNKNOWN, ParquetType.MIXED)
                .contains(type);
    }

    /** Returns whether values are text. */
    public boolean isText() {
        return type.equals(ParquetType.STRING);
    }

    /** Returns whether values are whole numbers. */
    public boolean isInteger() {
        return Set.of("tinyint", "smallint", "int", ParquetType.BIGINT).contains(type);
    }

    /** Returns whether values are numbers with a fraction. */
    public boolean isReal() {
        return type.equals("float") || type.equals("double") || type.startsWith("decimal(");
    }

    /** Returns whether values are days since 1970. */
    public boolean isDate() {
        return type.equals("date");
    }

    /** Returns whether values are microseconds since 1970, in UTC or without a zone. */
    public boolean isTime() {
        return type.equals(ParquetType.TIMESTAMP) || type.equals(ParquetType.TIMESTAMP_NTZ);
    }

    /** Returns whether values are lists of text. */
    boolean isTextList() {
        return type.equals("array<string>");
    }

    /** Returns whether values are lists of anything. */
    public boolean isList() {
        return type.startsWith("array<");
    }

    /** Returns whether values are bytes. */
    public boolean isBinary() {
        return type.equals(ParquetType.BINARY);
    }
}
