package discreet.spark.ratings;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import discreet.InputException;
import discreet.history.ColumnNames;
import discreet.history.RatingColumns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Offers ratings in the forms in which they can be read. Every source has rows in the normal form, which any
 * data set can be brought into. Some can also be read in columnar batches straight from files
 * (docs/decisions/032-batches-of-columns.md).
 *
 * @param normal the ratings in the normal form
 * @param batches the same ratings in batches, or null if the source cannot be read in columnar batches
 * @param item the column of item ids in the data set
 */
record RatingSource(Dataset<Row> normal, @Nullable Batches batches, StructField item) {

    /** Pairs a scan that returns batches with the layout of their columns. */
    record Batches(ColumnScan scan, BatchLayout layout) {}

    /**
     * Finds the columns of ratings in a data set. Lazy, so no row is read yet.
     *
     * @throws InputException if a column is missing or has an unsuitable type
     */
    static RatingSource of(Dataset<?> raw, String path, RatingColumns columns) {
        Dataset<Row> normal = NormalisedRatings.of(raw, path, columns);
        StructType schema = raw.schema();
        boolean isNormal = NormalisedRatings.isNormal(schema);
        ColumnNames found =
                ColumnNames.find(path, List.of(schema.fieldNames()), isNormal ? RatingColumns.DEFAULT : columns);
        return new RatingSource(normal, batches(raw, found, columns.noRating()), item(raw, found));
    }

    boolean hasRatings() {
        return NormalisedRatings.hasRatings(normal.schema());
    }

    /** Returns packed rows (user, {@link discreet.history.PackedRows}), possibly several for one user. */
    JavaRDD<Row> packed(
            Broadcast<ItemIndex> items,
            boolean keepEmpty,
            RowPacker.UserFilter filter,
            @Nullable RatingObserver observer) {
        return packed(items, keepEmpty, filter, observer, RowPacker.MAX_ROWS);
    }

    /** @param maxRows ratings in a chunk, given by tests */
    JavaRDD<Row> packed(
            Broadcast<ItemIndex> items,
            boolean keepEmpty,
            RowPacker.UserFilter filter,
            @Nullable RatingObserver observer,
            int maxRows) {
        if (batches != null) {
            BatchLayout layout = batches.layout();
            return batches.scan().batches().mapPartitions(data -> {
                ItemIndex.Table index = items.value().table();
                RatingCursor cursor = new BatchCursor(data, layout, index);
                return new RowPacker(observed(cursor, observer), keepEmpty, filter, maxRows);
            });
        }
        return internal((observer == null ? normal.where(col("user").isNotNull()) : normal)
                        .select(
                                col("user"),
                                col("item"),
                                hasRatings() ? col("rating") : lit(0.0).as("rating"),
                                col("timestamp")))
                .mapPartitions(rows -> new RowPacker(
                        observed(new RowCursor(rows, items.value().table()), observer), keepEmpty, filter, maxRows));
    }

    private static RatingCursor observed(RatingCursor cursor, @Nullable RatingObserver observer) {
        return observer == null ? cursor : new ObservedCursor(cursor, observer);
    }

    /** Returns rows in Spark's internal form, without an object for each value. */
    static JavaRDD<InternalRow> internal(Dataset<Row> data) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) data)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
    }

    private static StructField item(Dataset<?> raw, ColumnNames found) {
        return raw.schema().apply(found.actual().get(found.defaults().indexOf("item")));
    }

    private static @Nullable Batches batches(Dataset<?> raw, ColumnNames found, @Nullable Double noRating) {
        StructType schema = raw.schema();
        Dataset<Row> positional = NormalisedRatings.positional(raw);
        Dataset<Row> columns = positional.select(found.actual().stream()
                .map(name -> positional.col(positional.columns()[schema.fieldIndex(name)]))
                .toArray(Column[]::new));
        ColumnScan scan = ColumnScan.of(columns);
        if (scan == null) {
            return null;
        }
        Map<String, BatchLayout.Column> layout = new HashMap<>();
        for (int i = 0; i < found.actual().size(); i++) {
            StructField field = schema.apply(found.actual().get(i));
            layout.put(
                    found.defaults().get(i), new BatchLayout.Column(scan.positions()[i], BatchLayout.Kind.of(field)));
        }
        BatchLayout complete = BatchLayout.of(layout, noRating);
        return complete == null ? null : new Batches(scan, complete);
    }
}
