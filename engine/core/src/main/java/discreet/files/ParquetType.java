package discreet.files;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.BsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UnknownLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Names types of Parquet as Spark SQL does, so that files mean the same with Spark and without.
 */
final class ParquetType {
    static final String BIGINT = "bigint";
    static final String STRING = "string";
    static final String BINARY = "binary";
    static final String TIMESTAMP = "timestamp";
    static final String TIMESTAMP_NTZ = "timestamp_ntz";

    /** Stands for timestamps in nanoseconds, which Spark does not read. */
    static final String NANOSECONDS = "timestamps in nanoseconds";

    /** Stands for other types that Spark does not read. */
    static final String UNKNOWN = "values of an unknown type";

    /** Stands for types that differ from file to file. */
    static final String MIXED = "different types in different files";

    private static final Map<Integer, String> SIGNED = Map.of(8, "tinyint", 16, "smallint", 32, "int", 64, BIGINT);
    private static final Map<Integer, String> UNSIGNED =
            Map.of(8, "smallint", 16, "int", 32, BIGINT, 64, "decimal(20,0)");
    private static final int MAX_INT_DIGITS = 9;
    private static final int MAX_LONG_DIGITS = 18;

    private ParquetType() {}

    /**
     * Returns the name of a field's type, such as {@code int} or {@code array<string>}, or one of {@link
     * #NANOSECONDS} and {@link #UNKNOWN} if Spark does not read the type.
     */
    static String name(Type field) {
        if (field.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time
                && time.getUnit() == TimeUnit.NANOS) {
            return NANOSECONDS;
        }
        try {
            return readable(field);
        } catch (IllegalArgumentException e) {
            return UNKNOWN;
        }
    }

    /** @throws IllegalArgumentException if Spark does not read the type */
    private static String readable(Type field) {
        String name = field.isPrimitive() ? name(field.asPrimitiveType()) : name(field.asGroupType());
        return field.isRepetition(Type.Repetition.REPEATED) ? "array<" + name + ">" : name;
    }

    private static String name(PrimitiveType field) {
        LogicalTypeAnnotation note = field.getLogicalTypeAnnotation();
        if (note instanceof UnknownLogicalTypeAnnotation) {
            return "void";
        }
        return switch (field.getPrimitiveTypeName()) {
            case BOOLEAN -> "boolean";
            case FLOAT -> "float";
            case DOUBLE -> "double";
            case INT32 -> ofInt(field, note);
            case INT64 -> ofLong(field, note);
            case INT96 -> TIMESTAMP;
            case BINARY -> ofBinary(field, note);
            case FIXED_LEN_BYTE_ARRAY -> ofFixed(field, note);
        };
    }

    private static String ofInt(PrimitiveType field, LogicalTypeAnnotation note) {
        if (note == null) {
            return "int";
        }
        if (note instanceof IntLogicalTypeAnnotation number && number.getBitWidth() <= Integer.SIZE) {
            return integer(number);
        }
        if (note instanceof DateLogicalTypeAnnotation) {
            return "date";
        }
        if (note instanceof DecimalLogicalTypeAnnotation decimal) {
            return decimal(decimal, MAX_INT_DIGITS);
        }
        throw unreadable(field);
    }

    private static String ofLong(PrimitiveType field, LogicalTypeAnnotation note) {
        if (note == null) {
            return BIGINT;
        }
        if (note instanceof IntLogicalTypeAnnotation number && number.getBitWidth() == Long.SIZE) {
            return integer(number);
        }
        if (note instanceof DecimalLogicalTypeAnnotation decimal) {
            return decimal(decimal, MAX_LONG_DIGITS);
        }
        if (note instanceof TimestampLogicalTypeAnnotation time && time.getUnit() != TimeUnit.NANOS) {
            return time.isAdjustedToUTC() ? TIMESTAMP : TIMESTAMP_NTZ;
        }
        throw unreadable(field);
    }

    private static String ofBinary(PrimitiveType field, LogicalTypeAnnotation note) {
        if (note instanceof StringLogicalTypeAnnotation
                || note instanceof EnumLogicalTypeAnnotation
                || note instanceof JsonLogicalTypeAnnotation) {
            return STRING;
        }
        if (note == null || note instanceof BsonLogicalTypeAnnotation) {
            return BINARY;
        }
        if (note instanceof DecimalLogicalTypeAnnotation decimal) {
            return decimal(decimal, Integer.MAX_VALUE);
        }
        throw unreadable(field);
    }

    private static String ofFixed(PrimitiveType field, LogicalTypeAnnotation note) {
        if (note == null) {
            return BINARY;
        }
        if (note instanceof DecimalLogicalTypeAnnotation decimal) {
            // The largest number of digits all of which fit into so many bytes
            return decimal(decimal, (int) Math.floor(Math.log10(Math.pow(2, 8 * field.getTypeLength() - 1) - 1)));
        }
        throw unreadable(field);
    }

    private static String integer(IntLogicalTypeAnnotation number) {
        return (number.isSigned() ? SIGNED : UNSIGNED).getOrDefault(number.getBitWidth(), BIGINT);
    }

    private static String decimal(DecimalLogicalTypeAnnotation decimal, int mostDigits) {
        if (decimal.getPrecision() > mostDigits) {
            throw new IllegalArgumentException("too many digits");
        }
        return "decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
    }

    private static String name(GroupType field) {
        LogicalTypeAnnotation note = field.getLogicalTypeAnnotation();
        if (note == null) {
            return struct(field);
        }
        if (note instanceof ListLogicalTypeAnnotation) {
            return "array<" + element(field) + ">";
        }
        if (note instanceof MapLogicalTypeAnnotation || note instanceof MapKeyValueTypeAnnotation) {
            GroupType entry = entry(field);
            return "map<" + name(entry.getType(0)) + "," + name(entry.getType(1)) + ">";
        }
        throw unreadable(field);
    }

    private static String struct(GroupType field) {
        return field.getFields().stream()
                .map(child -> child.getName() + ":" + readable(child))
                .collect(Collectors.joining(",", "struct<", ">"));
    }

    private static String element(GroupType list) {
        Type repeated = repeated(list);
        if (!isElement(list)) {
            return name(repeated.asGroupType().getType(0));
        }
        return repeated.isPrimitive() ? name(repeated.asPrimitiveType()) : name(repeated.asGroupType());
    }

    private static Type repeated(GroupType group) {
        if (group.getFieldCount() != 1 || !group.getType(0).isRepetition(Type.Repetition.REPEATED)) {
            throw unreadable(group);
        }
        return group.getType(0);
    }

    /**
     * Returns whether the repeated field of a list is the element itself, as in old files, and not a group
     * around it. These are the backward compatibility rules of parquet-format, LogicalTypes.md, section
     * Lists.
     */
    static boolean isElement(GroupType list) {
        Type repeated = repeated(list);
        return repeated.isPrimitive()
                || repeated.asGroupType().getFieldCount() > 1
                || repeated.getName().equals("array")
                || repeated.getName().equals(list.getName() + "_tuple");
    }

    /** Returns the group of key and value that a map repeats. */
    static GroupType entry(GroupType map) {
        Type repeated = repeated(map);
        if (repeated.isPrimitive() || repeated.asGroupType().getFieldCount() != 2) {
            throw unreadable(map);
        }
        return repeated.asGroupType();
    }

    private static IllegalArgumentException unreadable(Type field) {
        return new IllegalArgumentException("Spark does not read " + field);
    }
}
