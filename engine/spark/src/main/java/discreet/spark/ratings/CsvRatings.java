package discreet.spark.ratings;

import discreet.files.CsvHeader;
import discreet.files.DataFiles;
import discreet.files.LineScanner;
import discreet.history.CsvLayout;
import discreet.history.CsvObserver;
import discreet.history.CsvRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.Seekable;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Reads ratings from CSV files with a header, by our own rules for lines
 * (docs/decisions/003-own-csv-lines.md). Any line is either a row or nothing, and never an error.
 *
 * <p>All files have the same header, and every line equal to it is skipped. A line is read by the task that
 * owns the line's first byte, so the rows do not depend on how files are cut into slices. Files whose records
 * may span lines are not cut.
 */
final class CsvRatings {
    private static final long MIN_SLICE = 1 << 20;
    private static final long MAX_SLICE = 64 << 20;

    private CsvRatings() {}

    /** Returns user ids alone, in the normal form without items. */
    static Dataset<Row> readUsers(SparkSession spark, DataFiles files, String column) {
        CsvHeader header = CsvLayout.header(files, List.of(column));
        int user = header.names().indexOf(column);
        if (user < 0) {
            throw UserIds.noColumn(files.path(), column);
        }
        return rows(spark, files, CsvLayout.ofUsers(header, user));
    }

    /** Returns the ratings in the normal form ({@link NormalisedRatings}). */
    static Dataset<Row> rows(SparkSession spark, DataFiles files, CsvLayout layout) {
        return rows(spark, files, layout, null);
    }

    /** @param observer looks at every record, or is null */
    static Dataset<Row> rows(SparkSession spark, DataFiles files, CsvLayout layout, @Nullable CsvObserver observer) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Configuration hadoop = spark.sessionState().newHadoopConf();
        List<List<Slice>> tasks = slices(hadoop, files, context.defaultParallelism(), layout.isMultiline());
        Broadcast<SerializableConfiguration> configuration = context.broadcast(new SerializableConfiguration(hadoop));
        JavaRDD<Row> rows = context.parallelize(tasks, tasks.size())
                .flatMap(slices -> new Rows(configuration.value().value(), slices, layout, observer));
        return spark.createDataFrame(rows, NormalisedRatings.schema(layout.hasRatings()));
    }

    /**
     * Cuts the files into slices and deals them out in order to tasks of similar size.
     *
     * @param isMultiline whether records may span lines, so that a file is read by one task
     */
    private static List<List<Slice>> slices(
            Configuration hadoop, DataFiles files, int parallelism, boolean isMultiline) {
        long total = files.files().stream().mapToLong(FileStatus::getLen).sum();
        long size = Math.max(MIN_SLICE, Math.min(MAX_SLICE, total / (2L * parallelism) + 1));
        List<List<Slice>> tasks = new ArrayList<>();
        long room = 0;
        for (FileStatus file : files.files()) {
            // Where a record begins is known only from the beginning of the file if records span lines.
            boolean whole = isMultiline || DataFiles.codec(hadoop, file.getPath()) != null;
            long step = whole ? Math.max(file.getLen(), 1) : size;
            for (long start = 0; start < file.getLen(); start += step) {
                long end = Math.min(file.getLen(), start + step);
                if (room < end - start) {
                    tasks.add(new ArrayList<>());
                    room = size;
                }
                room -= end - start;
                tasks.get(tasks.size() - 1)
                        .add(new Slice(file.getPath().toString(), start, whole ? Long.MAX_VALUE : end));
            }
        }
        return tasks;
    }

    /**
     * Marks the bytes {@code start <= b < end} of a file, which stand for the lines that begin at one of
     * them.
     */
    private record Slice(String file, long start, long end) implements Serializable {}

    /** Returns a row in the normal form. */
    private static Row normal(CsvRows row, boolean hasRatings) {
        return hasRatings
                ? RowFactory.create(row.user(), row.item(), row.rating(), row.time())
                : RowFactory.create(row.user(), row.item(), row.time());
    }

    /** Iterates over the rows of a task's slices, with one file open at a time. */
    private static final class Rows implements Iterator<Row> {
        private final Configuration hadoop;
        private final Deque<Slice> slices;
        private final CsvLayout layout;
        private final CsvObserver.@Nullable Task observer;
        private @Nullable Slice slice;
        private @Nullable CsvRows rows;
        private @Nullable Row next;

        Rows(Configuration hadoop, List<Slice> slices, CsvLayout layout, @Nullable CsvObserver observer) {
            this.hadoop = hadoop;
            this.slices = new ArrayDeque<>(slices);
            this.layout = layout;
            this.observer = observer == null ? null : observer.start(layout);
            TaskContext task = TaskContext.get();
            if (task != null) {
                TaskCompletionListener closing = done -> close();
                task.addTaskCompletionListener(closing);
            }
        }

        @Override
        public boolean hasNext() {
            while (next == null) {
                try {
                    if (rows == null && !open()) {
                        if (observer != null) {
                            observer.end();
                        }
                        return false;
                    }
                    CsvRows open = Objects.requireNonNull(rows);
                    if (open.next()) {
                        next = normal(open, layout.hasRatings());
                    } else {
                        close();
                    }
                } catch (IOException | RuntimeException e) {
                    throw CsvLayout.unreadable(slice == null ? "its files" : slice.file());
                }
            }
            return true;
        }

        @Override
        public Row next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            Row row = next;
            next = null;
            return row;
        }

        private boolean open() throws IOException {
            slice = slices.poll();
            if (slice == null) {
                return false;
            }
            InputStream in = DataFiles.openText(hadoop, new Path(slice.file()));
            long begin = Math.max(slice.start() - 1, 0);
            LineScanner lines = new LineScanner(in, begin);
            if (begin < slice.start()) {
                // The line that holds the byte before this slice belongs to an earlier slice, even if it ends
                // with that byte.
                ((Seekable) in).seek(begin);
                lines.skipLine(slice.end());
            }
            rows = new CsvRows(lines, slice.end(), layout, observer);
            return true;
        }

        private void close() {
            if (rows != null) {
                try {
                    rows.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } finally {
                    rows = null;
                }
            }
        }
    }
}
