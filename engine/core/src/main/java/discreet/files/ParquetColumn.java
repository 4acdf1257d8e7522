package discreet.files;

import java.util.Set;

/**
 * A column of a {@link ParquetTable}.
 *
 * @param type what it holds, by the name of Spark SQL's type: {@code string}, {@code bigint}, {@code decimal(4,2)}
 * @param notes keys of the metadata that Spark keeps with the column
 */
public record ParquetColumn(String name, String type, Set<String> notes) {
    public ParquetColumn {
        notes = Set.copyOf(notes);
    }

    /** Says whether values are text. */
    public boolean isText() {
        return type.equals(ParquetType.STRING);
    }

    /** Says whether values are whole numbers. */
    public boolean isInteger() {
        return Set.of("tinyint", "smallint", "int", ParquetType.BIGINT).contains(type);
    }

    /** Says whether values are numbers with a fraction. */
    public boolean isReal() {
        return type.equals("float") || type.equals("double") || type.startsWith("decimal(");
    }

    /** Says whether values are days since 1970. */
    public boolean isDate() {
        return type.equals("date");
    }

    /** Says whether values are microseconds since 1970, in UTC or without a zone. */
    public boolean isTime() {
        return type.equals(ParquetType.TIMESTAMP) || type.equals(ParquetType.TIMESTAMP_NTZ);
    }

    /** Says whether values are lists of text. */
    public boolean isTextList() {
        return type.equals("array<string>");
    }

    /** Says whether values are lists of anything. */
    public boolean isList() {
        return type.startsWith("array<");
    }

    /** Says whether values are bytes. */
    public boolean isBinary() {
        return type.equals(ParquetType.BINARY);
    }
}
