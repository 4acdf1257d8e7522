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
 * Where ratings come from: rows in the normal form, which any data set can be brought into, or batches of columns as they are in files
 * (docs/decisions/032-batches-of-columns.md).
 *
 * @param normal in the normal form
 * @param batches the same ratings, a batch at a time; null where they are not to be had so
 */
record RatingSource(Dataset<Row> normal, @Nullable Batches batches) {

    /** What reads batches, and where in them the columns are. */
    record Batches(ColumnScan scan, BatchLayout layout) {}

    /**
     * Finds the columns. Lazy: no row is read yet.
     *
     * @throws InputException where a column is missing or has a type that does not fit
     */
    static RatingSource of(Dataset<?> raw, String path, RatingColumns columns) {
        Dataset<Row> normal = NormalisedRatings.of(raw, path, columns);
        StructType schema = raw.schema();
        boolean isNormal = NormalisedRatings.isNormal(schema);
        ColumnNames found =
                ColumnNames.find(path, List.of(schema.fieldNames()), isNormal ? RatingColumns.DEFAULT : columns);
        return new RatingSource(normal, batches(raw, found));
    }

    boolean hasRatings() {
        return NormalisedRatings.hasRatings(normal.schema());
    }

    /** Packed rows (user, {@link discreet.history.PackedRows}), several for one user. */
    JavaRDD<Row> packed(Broadcast<ItemIndex> items, boolean everybody, RowPacker.Wanted wanted) {
        return packed(items, everybody, wanted, RowPacker.MOST_ROWS);
    }

    /** @param mostRows of a chunk; for tests */
    JavaRDD<Row> packed(Broadcast<ItemIndex> items, boolean everybody, RowPacker.Wanted wanted, int mostRows) {
        if (batches != null) {
            BatchLayout layout = batches.layout();
            return batches.scan().batches().mapPartitions(data -> {
                ItemIndex.Table index = items.value().table();
                return new RowPacker(new BatchCursor(data, layout, index), everybody, wanted, mostRows);
            });
        }
        return internal(normal.where(col("user").isNotNull())
                        .select(
                                col("user"),
                                col("item"),
                                hasRatings() ? col("rating") : lit(0.0).as("rating"),
                                col("timestamp")))
                .mapPartitions(
                        rows -> new RowPacker(new RowCursor(rows, items.value().table()), everybody, wanted, mostRows));
    }

    /** Rows as Spark has them, without an object for each value. */
    static JavaRDD<InternalRow> internal(Dataset<Row> data) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) data)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
    }

    private static @Nullable Batches batches(Dataset<?> raw, ColumnNames found) {
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
        BatchLayout usable = BatchLayout.of(layout);
        return usable == null ? null : new Batches(scan, usable);
    }
}
