package discreet.spark.ratings;

import discreet.history.RatingParser;
import java.io.Serializable;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.jspecify.annotations.Nullable;

/**
 * Gives the positions and kinds of the rating columns in a batch.
 *
 * @param rating null if the data has no ratings
 * @param time null if the data has no times
 * @param noRating rating that stands for none, or null
 */
record BatchLayout(
        Column user,
        Column item,
        @Nullable Column rating,
        @Nullable Column time,
        @Nullable Double noRating) implements Serializable {

    /**
     * Builds a layout from columns by their default names. Returns null if Spark must convert a column first.
     */
    static @Nullable BatchLayout of(Map<String, Column> columns, @Nullable Double noRating) {
        Column user = columns.get("user");
        Column item = columns.get("item");
        Column rating = columns.get("rating");
        Column time = columns.get("timestamp");
        return user != null
                        && item != null
                        && user.isId()
                        && item.isId()
                        && (rating == null || rating.isNumber())
                        && (time == null || time.isTime())
                ? new BatchLayout(user, item, rating, time, noRating)
                : null;
    }

    /** Names the kind of a column's values, as far as they can be read without creating objects. */
    enum Kind {
        TEXT,
        BYTE,
        SHORT,
        INTEGER,
        LONG,
        FLOAT,
        DOUBLE,
        DAYS,
        MICROS,
        MILLIS,
        OTHER;

        private static final Map<DataType, Kind> TYPES = Map.of(
                DataTypes.ByteType, BYTE,
                DataTypes.ShortType, SHORT,
                DataTypes.IntegerType, INTEGER,
                DataTypes.LongType, LONG,
                DataTypes.FloatType, FLOAT,
                DataTypes.DoubleType, DOUBLE,
                DataTypes.DateType, DAYS,
                DataTypes.TimestampType, MICROS);

        static Kind of(StructField field) {
            DataType type = field.dataType();
            if (type instanceof StringType) { // of any collation, since only equal bytes count as equal
                return TEXT;
            }
            if (type instanceof LongType && NormalisedRatings.isMarked(field)) {
                return MILLIS;
            }
            return TYPES.getOrDefault(type, OTHER);
        }

        boolean isInteger() {
            return this == BYTE || this == SHORT || this == INTEGER || this == LONG;
        }

        boolean isReal() {
            return this == FLOAT || this == DOUBLE;
        }
    }

    /** Describes a column of the batch. */
    record Column(int position, Kind kind) implements Serializable {
        private static final long MICROS_IN_MILLI = 1_000;
        private static final long MILLIS_IN_DAY = 86_400_000;

        boolean isId() {
            return kind == Kind.TEXT || kind.isInteger();
        }

        boolean isNumber() {
            return kind.isInteger() || kind.isReal();
        }

        boolean isTime() {
            return kind != Kind.TEXT && kind != Kind.OTHER;
        }

        /** Reads a value from a column of whole numbers. */
        long number(ColumnVector column, int row) {
            return switch (kind) {
                case BYTE -> column.getByte(row);
                case SHORT -> column.getShort(row);
                case INTEGER, DAYS -> column.getInt(row);
                default -> column.getLong(row);
            };
        }

        /** Reads a value from a column of numbers. */
        double real(ColumnVector column, int row) {
            return switch (kind) {
                case FLOAT -> column.getFloat(row);
                case DOUBLE -> column.getDouble(row);
                default -> number(column, row);
            };
        }

        /** Reads a time from a column of times, in milliseconds since 1970. */
        long millis(ColumnVector column, int row) {
            return switch (kind) {
                case MILLIS -> number(column, row);
                case DAYS -> number(column, row) * MILLIS_IN_DAY;
                case MICROS -> Math.floorDiv(number(column, row), MICROS_IN_MILLI);
                case FLOAT, DOUBLE -> RatingParser.ofReal(real(column, row));
                default -> RatingParser.ofInteger(number(column, row));
            };
        }
    }
}
