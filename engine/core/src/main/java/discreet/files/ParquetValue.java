package discreet.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Turns values as Parquet stores them (boxed numbers and {@link Binary}) into what their types mean. All
 * functions are total.
 */
final class ParquetValue {
    private static final int JULIAN_DAY_OF_1970 = 2_440_588;
    private static final long MICROS_IN_DAY = 86_400_000_000L;
    private static final int NANOS_IN_MICRO = 1_000;

    private ParquetValue() {}

    /**
     * Decodes UTF-8 as Spark does. In bytes that are not UTF-8, each longest part that begins some
     * character becomes one U+FFFD. Java follows the same rule except for encoded surrogates, which it
     * replaces as a whole. Their first byte begins no character with what follows, so it is made invalid by
     * itself first.
     */
    static String text(Binary value) {
        byte[] bytes = value.getBytes();
        for (int at = 0; at + 1 < bytes.length; at++) {
            if (bytes[at] == (byte) 0xED && (bytes[at + 1] & 0xE0) == 0xA0) {
                bytes[at] = (byte) 0xFF; // not UTF-8 by itself
            }
        }
        return new String(bytes, UTF_8);
    }

    /** Returns a whole number, days or microseconds, narrowed to the declared width. */
    static long number(Object value, PrimitiveType field) {
        if (value instanceof Binary int96) {
            return micros(int96);
        }
        if (value instanceof Integer number) {
            return field.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation type
                    ? narrowed(number, type)
                    : number;
        }
        return (long) value;
    }

    private static long narrowed(int number, IntLogicalTypeAnnotation type) {
        return switch (type.getBitWidth()) {
            case 8 -> type.isSigned() ? (byte) number : (short) number;
            case 16 -> type.isSigned() ? (short) number : number;
            default -> type.isSigned() ? number : Integer.toUnsignedLong(number);
        };
    }

    /** Reads twelve bytes, lowest first: nanoseconds of the day, then the Julian day. */
    private static long micros(Binary int96) {
        ByteBuffer bytes = int96.toByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong();
        return (long) (bytes.getInt() - JULIAN_DAY_OF_1970) * MICROS_IN_DAY + nanos / NANOS_IN_MICRO;
    }

    /** Returns a number of any numeric type, decimals included. */
    static double real(Object value, PrimitiveType field) {
        if (value instanceof Float || value instanceof Double) {
            return ((Number) value).doubleValue();
        }
        return isDecimal(field) ? decimal(value, field).doubleValue() : number(value, field);
    }

    /** Returns whether values are decimals, which unsigned longs count as. */
    static boolean isDecimal(PrimitiveType field) {
        return field.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation || isUnsignedLong(field);
    }

    private static boolean isUnsignedLong(PrimitiveType field) {
        return field.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation type
                && !type.isSigned()
                && type.getBitWidth() == Long.SIZE;
    }

    /** Returns a decimal, or an unsigned long as one. */
    static BigDecimal decimal(Object value, PrimitiveType field) {
        if (isUnsignedLong(field)) {
            return new BigDecimal(Long.toUnsignedString((long) value));
        }
        BigInteger unscaled = value instanceof Binary bytes
                ? new BigInteger(bytes.length() == 0 ? new byte[1] : bytes.getBytes())
                : BigInteger.valueOf(((Number) value).longValue());
        DecimalLogicalTypeAnnotation type = (DecimalLogicalTypeAnnotation) field.getLogicalTypeAnnotation();
        return new BigDecimal(unscaled, type.getScale());
    }

    /**
     * Returns the microseconds of a timestamp inside a nested value, where milliseconds are not taken for
     * numbers.
     */
    static long microsInside(Object value, PrimitiveType field) {
        long number = number(value, field);
        return field.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time
                        && time.getUnit() == TimeUnit.MILLIS
                ? number * NANOS_IN_MICRO
                : number;
    }
}
