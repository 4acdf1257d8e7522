package discreet.history;

import discreet.InputException;
import discreet.files.IdLimit;
import discreet.files.ParquetColumn;
import discreet.files.ParquetRows;
import discreet.files.ParquetTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads ratings from Parquet files without Spark. Values are converted by the rules of
 * {@code discreet.spark.ratings.NormalisedRatings}, and a type that has none is an error of the schema.
 */
final class ParquetRatings {
    private static final long MILLIS_IN_DAY = 86_400_000;
    private static final long MICROS_IN_MILLI = 1_000;

    private final ParquetTable table;
    private final String path;
    private final List<ParquetColumn> columns = new ArrayList<>();
    private final Column user;
    private final Column item;
    private final Optional<Column> rating;
    private final Optional<Column> time;
    private final RatingColumns names;

    private ParquetRatings(ParquetTable table, String path, RatingColumns names, ColumnNames found) {
        this.table = table;
        this.path = path;
        this.names = names;
        List<String> all = table.columns().stream().map(ParquetColumn::name).toList();
        this.user = id(found, all, "user");
        this.item = id(found, all, "item");
        this.rating = column(found, all, "rating").map(this::rating);
        this.time = column(found, all, "timestamp").map(this::time);
    }

    /**
     * Finds the columns of ratings in Parquet files. No row is read.
     *
     * @param path of the files, for errors
     * @param found the columns that are used
     * @throws InputException if a column has a type that does not fit
     */
    static ParquetRatings of(ParquetTable table, String path, RatingColumns names, ColumnNames found) {
        return new ParquetRatings(table, path, names, found);
    }

    boolean hasRatings() {
        return rating.isPresent();
    }

    RatingCursor rows() {
        return new Rows(table.rows(columns), user, item, rating.orElse(null), time.orElse(null), names);
    }

    /**
     * Returns whether the files hold ratings in the normal form, which go by its names whatever the columns
     * are said to be called.
     */
    static boolean isNormal(ParquetTable table) {
        boolean hasRatings =
                table.columns().stream().anyMatch(column -> column.name().equals("rating"));
        return isNormal(table, "user", "string")
                && isNormal(table, "item", "string")
                && isNormal(table, "timestamp", "bigint")
                && (!hasRatings || isNormal(table, "rating", "double"));
    }

    private static boolean isNormal(ParquetTable table, String name, String type) {
        return table.columns().stream()
                .anyMatch(column -> column.name().equals(name) && column.type().equals(type) && isMarked(column));
    }

    private static boolean isMarked(ParquetColumn column) {
        return column.notes().contains(NormalForm.MARK);
    }

    private Optional<ParquetColumn> column(ColumnNames found, List<String> all, String name) {
        int declared = found.defaults().indexOf(name);
        return declared < 0
                ? Optional.empty()
                : Optional.of(table.columns().get(all.indexOf(found.actual().get(declared))));
    }

    /** Says what a column is read as. */
    private enum Kind {
        TEXT,
        INTEGER,
        REAL,
        MILLIS,
        MICROS,
        DAYS
    }

    /** @param index among the columns that are read */
    private record Column(int index, Kind kind) {}

    private Column read(ParquetColumn column, Kind kind) {
        columns.add(column);
        return new Column(columns.size() - 1, kind);
    }

    private Column id(ColumnNames found, List<String> all, String name) {
        ParquetColumn column = column(found, all, name).orElseThrow();
        if (column.isText()) {
            return read(column, Kind.TEXT);
        }
        if (column.isInteger()) {
            return read(column, Kind.INTEGER);
        }
        throw unsupported(column, "text or whole numbers");
    }

    private Column rating(ParquetColumn column) {
        if (column.isText()) {
            return read(column, Kind.TEXT);
        }
        if (column.isInteger() || column.isReal()) {
            return read(column, Kind.REAL);
        }
        throw unsupported(column, "numbers, or text with numbers");
    }

    private Column time(ParquetColumn column) {
        if (column.type().equals("bigint") && isMarked(column)) {
            return read(column, Kind.MILLIS);
        }
        if (column.isTime()) {
            return read(column, Kind.MICROS);
        }
        if (column.isDate()) {
            return read(column, Kind.DAYS);
        }
        if (column.isInteger()) {
            return read(column, Kind.INTEGER);
        }
        if (column.isReal()) {
            return read(column, Kind.REAL);
        }
        if (column.isText()) {
            return read(column, Kind.TEXT);
        }
        throw unsupported(column, "seconds, milliseconds, timestamps, dates or ISO 8601 text");
    }

    private InputException unsupported(ParquetColumn column, String wanted) {
        return new InputException("Cannot read ratings from " + path + ": column '" + column.name() + "' holds "
                + column.type() + ", not " + wanted + ". Convert the column.");
    }

    /** Steps through the rows, value by value. */
    private record Rows(
            ParquetRows rows,
            Column users,
            Column items,
            @Nullable Column ratings,
            @Nullable Column times,
            RatingColumns names)
            implements RatingCursor {

        @Override
        public boolean next() throws IOException {
            return rows.next();
        }

        @Override
        public @Nullable String user() {
            return id(users);
        }

        @Override
        public @Nullable String item() {
            return id(items);
        }

        private @Nullable String id(Column column) {
            if (rows.isNull(column.index())) {
                return null;
            }
            if (column.kind() == Kind.INTEGER) {
                return Long.toString(rows.number(column.index()));
            }
            if (rows.bytes(column.index()) > IdLimit.MAX_BYTES) {
                return null;
            }
            String text = rows.text(column.index());
            return text.isEmpty() || !RatingParser.isWhole(text) ? null : text;
        }

        @Override
        public @Nullable Double rating() {
            if (ratings == null || rows.isNull(ratings.index())) {
                return null;
            }
            return names.rated(
                    ratings.kind() == Kind.TEXT
                            ? RatingParser.rating(rows.text(ratings.index()))
                            : RatingParser.rating((Double) rows.real(ratings.index())));
        }

        @Override
        public long time() {
            if (times == null || rows.isNull(times.index())) {
                return RatingParser.OLDEST;
            }
            int column = times.index();
            return switch (times.kind()) {
                case TEXT -> RatingParser.timestamp(rows.text(column));
                case INTEGER -> RatingParser.ofInteger(rows.number(column));
                case REAL -> RatingParser.ofReal(rows.real(column));
                case MILLIS -> rows.number(column);
                case MICROS -> Math.floorDiv(rows.number(column), MICROS_IN_MILLI);
                case DAYS -> rows.number(column) * MILLIS_IN_DAY;
            };
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
