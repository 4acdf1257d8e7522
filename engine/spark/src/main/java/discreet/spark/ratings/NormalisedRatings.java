package discreet.spark.ratings;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.make_valid_utf8;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_millis;
import static org.apache.spark.sql.functions.when;

import discreet.InputException;
import discreet.files.IdLimit;
import discreet.history.ColumnNames;
import discreet.history.NormalForm;
import discreet.history.RatingColumns;
import discreet.history.RatingParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Brings ratings into the normal form, the one form that all ratings take:
 *
 * <pre>
 * user       string   null if the row has no user id
 * item       string   null if the row has no item id
 * rating     double   finite, or null if unusable; the column is missing if the data has no ratings
 * timestamp  long     milliseconds since 1970, or Long.MIN_VALUE, the oldest, if the time is unusable
 * </pre>
 *
 * <p>Every expression is total. No row can make one fail, under any setting of
 * {@code spark.sql.ansi.enabled}. Ids are valid UTF-8 without a collation, so equality means the same to a
 * sort, to a hash and to {@link String#equals}. The columns carry a mark in their metadata, which Parquet
 * preserves. Marked ratings are recognised when they are read again and are not converted twice.
 */
final class NormalisedRatings {
    private static final Metadata METADATA =
            new MetadataBuilder().putString(NormalForm.MARK, "normal").build();

    private NormalisedRatings() {}

    static StructType schema(boolean hasRatings) {
        StructType schema = new StructType()
                .add("user", DataTypes.StringType, true, METADATA)
                .add("item", DataTypes.StringType, true, METADATA);
        return (hasRatings ? schema.add("rating", DataTypes.DoubleType, true, METADATA) : schema)
                .add("timestamp", DataTypes.LongType, false, METADATA);
    }

    static boolean hasRatings(StructType schema) {
        return Arrays.asList(schema.fieldNames()).contains("rating");
    }

    /**
     * Brings ratings into the normal form.
     *
     * @param path names the origin of the ratings in errors
     */
    static Dataset<Row> of(Dataset<?> raw, String path, RatingColumns columns) {
        StructType schema = raw.schema();
        if (isNormal(schema)) {
            return guarded(raw.toDF(), columns);
        }
        ColumnNames found = ColumnNames.find(path, List.of(schema.fieldNames()), columns);
        Dataset<Row> positional = positional(raw);
        List<Column> select = new ArrayList<>();
        for (int i = 0; i < found.defaults().size(); i++) {
            String name = found.defaults().get(i);
            int position = schema.fieldIndex(found.actual().get(i));
            StructField field = schema.apply(position);
            Column column = positional.col(positional.columns()[position]);
            Column converted = convert(name, column, field, path);
            select.add((name.equals("rating") ? rated(converted, columns) : converted).as(name, METADATA));
        }
        if (!found.defaults().contains("timestamp")) {
            select.add(lit(RatingParser.OLDEST).as("timestamp", METADATA));
        }
        return positional.select(select.toArray(new Column[0]));
    }

    /**
     * Returns the same columns in the same order with safe names. Given names may contain dots and quotes, or
     * differ only in case.
     */
    static Dataset<Row> positional(Dataset<?> raw) {
        return raw.toDF(
                IntStream.range(0, raw.columns().length).mapToObj(i -> "c" + i).toArray(String[]::new));
    }

    /** Returns whether columns carry the mark of the normal form. */
    static boolean isNormal(StructType schema) {
        StructType normal = schema(hasRatings(schema));
        List<String> names = List.of(schema.fieldNames());
        return Arrays.stream(normal.fields())
                .allMatch(field -> names.contains(field.name())
                        && isMarked(schema.apply(field.name()))
                        && schema.apply(field.name()).dataType().equals(field.dataType()));
    }

    /**
     * Checks the values of marked rows again. A program may have united marked rows with others that are not
     * normal, and the mark would not show it. This costs a comparison for each value.
     */
    private static Dataset<Row> guarded(Dataset<Row> marked, RatingColumns columns) {
        List<Column> select = new ArrayList<>();
        for (StructField field : schema(hasRatings(marked.schema())).fields()) {
            Column column = marked.col(field.name());
            Column guard = switch (field.name()) {
                case "rating" -> rated(when(abs(column).lt(lit(Double.POSITIVE_INFINITY)), column), columns);
                case "timestamp" -> coalesce(column, lit(RatingParser.OLDEST));
                default -> whole(column);
            };
            select.add(guard.as(field.name(), METADATA));
        }
        return marked.select(select.toArray(new Column[0]));
    }

    /** Returns whether a column carries the mark of the normal form. */
    static boolean isMarked(StructField field) {
        return field.metadata().contains(NormalForm.MARK);
    }

    private static Column convert(String name, Column column, StructField field, String path) {
        return switch (name) {
            case "user", "item" -> id(column, field, path);
            case "rating" -> rating(column, field, path);
            default -> timestamp(column, field, path);
        };
    }

    static Column id(Column column, StructField field, String path) {
        DataType type = field.dataType();
        if (type instanceof StringType) {
            return whole(column.cast(DataTypes.StringType));
        }
        if (isInteger(type)) {
            return column.cast(DataTypes.StringType);
        }
        throw unsupported(path, field, "text or whole numbers");
    }

    /**
     * Returns an id, and null if it is empty, is too long ({@link IdLimit}), is not UTF-8 or holds U+FFFD,
     * which stands for bytes that were not ({@link RatingParser#isWhole}).
     */
    private static Column whole(Column id) {
        Column valid = make_valid_utf8(id);
        // First, so that no long text is looked at
        Column isShort = octet_length(id).leq(lit(IdLimit.MAX_BYTES));
        return when(isShort.and(valid.notEqual(lit(""))).and(not(valid.contains(lit("\uFFFD")))), valid);
    }

    /** Returns a rating, and null if it stands for none. */
    private static Column rated(Column rating, RatingColumns columns) {
        return columns.noRating() == null ? rating : nullif(rating, lit(columns.noRating()));
    }

    private static Column rating(Column column, StructField field, String path) {
        DataType type = field.dataType();
        if (type instanceof StringType) {
            return call(
                    (String text) -> RatingParser.rating(text),
                    DataTypes.DoubleType,
                    column.cast(DataTypes.StringType));
        }
        if (isInteger(type) || isReal(type)) {
            Column number = column.cast(DataTypes.DoubleType);
            // The same as RatingParser.rating, in Spark's own code. Zero has one sign.
            return when(number.equalTo(lit(0.0)), lit(0.0)).when(abs(number).lt(lit(Double.POSITIVE_INFINITY)), number);
        }
        throw unsupported(path, field, "numbers, or text with numbers");
    }

    private static Column timestamp(Column column, StructField field, String path) {
        DataType type = field.dataType();
        Column millis;
        if (type instanceof LongType && isMarked(field)) {
            millis = column;
        } else if (type instanceof TimestampType) {
            millis = unix_millis(column);
        } else if (type instanceof DateType) {
            millis = unix_date(column).cast(DataTypes.LongType).multiply(lit(86_400_000L));
        } else if (isInteger(type)) {
            // The same as RatingParser.timestamp, in Spark's own code
            Column number = column.cast(DataTypes.LongType);
            millis = when(
                            number.gt(lit(-RatingParser.FIRST_MILLIS)).and(number.lt(lit(RatingParser.FIRST_MILLIS))),
                            number.multiply(lit(1000L)))
                    .otherwise(number);
        } else if (isReal(type) || type instanceof StringType || type instanceof TimestampNTZType) {
            Column plain = type instanceof StringType ? column.cast(DataTypes.StringType) : column;
            millis = call((Object value) -> RatingParser.timestamp(value), DataTypes.LongType, plain);
        } else {
            throw unsupported(path, field, "seconds, milliseconds, timestamps, dates or ISO 8601 text");
        }
        return coalesce(millis, lit(RatingParser.OLDEST));
    }

    private static <A, B> Column call(UDF1<A, B> function, DataType type, Column column) {
        UserDefinedFunction total = udf(function, type);
        return total.apply(column);
    }

    private static boolean isInteger(DataType type) {
        return type instanceof ByteType
                || type instanceof ShortType
                || type instanceof IntegerType
                || type instanceof LongType;
    }

    private static boolean isReal(DataType type) {
        return type instanceof FloatType || type instanceof DoubleType || type instanceof DecimalType;
    }

    private static InputException unsupported(String path, StructField field, String wanted) {
        return new InputException("Cannot read ratings from " + path + ": column '" + field.name() + "' holds "
                + field.dataType().simpleString() + ", not " + wanted + ". Convert the column.");
    }
}
