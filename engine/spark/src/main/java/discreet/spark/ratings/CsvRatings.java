package discreet.spark.ratings;

import discreet.InputException;
import discreet.history.ColumnNames;
import discreet.history.CsvLine;
import discreet.history.DataFiles;
import discreet.history.LineScanner;
import discreet.history.RatingColumns;
import discreet.history.RatingParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
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
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Reads ratings from CSV files with a header, by our own rules for lines
 * (docs/decisions/003-own-csv-lines.md). Any line is either a row or nothing, and never an error.
 *
 * <p>All files share one header, and every line equal to it is a header. A line is a record. It is read by
 * the task that owns the line's first byte, so the rows do not depend on how files are cut into slices.
 */
final class CsvRatings {
    private static final long MIN_SLICE = 1 << 20;
    private static final long MAX_SLICE = 64 << 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private CsvRatings() {}

    /** Returns the ratings in the normal form ({@link NormalisedRatings}). */
    static Dataset<Row> read(SparkSession spark, DataFiles files, RatingColumns columns) {
        return read(spark, files, header -> Layout.of(files.path(), header, columns));
    }

    /** Returns user ids alone, in the normal form without items. */
    static Dataset<Row> readUsers(SparkSession spark, DataFiles files, String column) {
        return read(spark, files, header -> Layout.ofUsers(files.path(), header, column));
    }

    private static Dataset<Row> read(SparkSession spark, DataFiles files, Function<String, Layout> layouts) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Configuration hadoop = spark.sessionState().newHadoopConf();
        String header = header(hadoop, files);
        Layout layout = layouts.apply(header);
        List<List<Slice>> tasks = slices(hadoop, files, context.defaultParallelism());
        Broadcast<SerializableConfiguration> configuration = context.broadcast(new SerializableConfiguration(hadoop));
        JavaRDD<Row> rows = context.parallelize(tasks, tasks.size())
                .flatMap(slices -> new Rows(configuration.value().value(), slices, header, layout));
        return spark.createDataFrame(rows, layout.schema());
    }

    /** Returns the first line of the files, which all of them share. Empty files are skipped. */
    private static String header(Configuration hadoop, DataFiles files) {
        String header = null;
        for (FileStatus file : files.files()) {
            String first = firstLine(hadoop, file.getPath());
            if (first == null) {
                continue;
            }
            if (header == null) {
                header = first;
            } else if (!header.equals(first)) {
                throw new InputException("Cannot read ratings from " + files.path()
                        + ": its CSV files do not begin with one and the same header line. Give every"
                        + " file that header.");
            }
        }
        if (header == null) {
            throw new InputException("Cannot read ratings from " + files.path()
                    + ": it is empty, without even a header. Begin the file with a header such as"
                    + " user,item,rating,timestamp.");
        }
        return header;
    }

    private static @Nullable String firstLine(Configuration hadoop, Path file) {
        try (LineScanner lines = new LineScanner(DataFiles.openText(hadoop, file), 0)) {
            if (!lines.next(Long.MAX_VALUE)) {
                return null;
            }
            return lines.tooLong() ? "" : withoutMark(lines.line());
        } catch (IOException | RuntimeException e) {
            throw unreadable(file.toString());
        }
    }

    private static InputException unreadable(String file) {
        return new InputException("Cannot read ratings from " + file
                + ": the file is damaged or may not be read. Check it (a .gz file must be complete) and try again.");
    }

    static String withoutMark(String line) {
        return !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? line.substring(1) : line;
    }

    /** Cuts the files into slices and deals them out in order to tasks of similar size. */
    private static List<List<Slice>> slices(Configuration hadoop, DataFiles files, int parallelism) {
        long total = files.files().stream().mapToLong(FileStatus::getLen).sum();
        long size = Math.max(MIN_SLICE, Math.min(MAX_SLICE, total / (2L * parallelism) + 1));
        List<List<Slice>> tasks = new ArrayList<>();
        long room = 0;
        for (FileStatus file : files.files()) {
            boolean whole = DataFiles.codec(hadoop, file.getPath()) != null;
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

    /** The bytes {@code start <= b < end} of a file, which stand for the lines that begin at one of them. */
    private record Slice(String file, long start, long end) implements Serializable {}

    /**
     * Positions of the declared columns in a line, {@link #NONE} for a column that the header lacks, and the
     * number of fields to read.
     */
    private record Layout(int user, int item, int rating, int timestamp, int wanted) implements Serializable {
        private static final int NONE = -1;

        static Layout of(String path, String header, RatingColumns columns) {
            List<String> names = names(header);
            ColumnNames found = ColumnNames.find(path, names, columns);
            List<Integer> positions = new ArrayList<>();
            for (String name : List.of("user", "item", "rating", "timestamp")) {
                int declared = found.defaults().indexOf(name);
                positions.add(declared < 0 ? NONE : names.indexOf(found.actual().get(declared)));
            }
            return new Layout(
                    positions.get(0),
                    positions.get(1),
                    positions.get(2),
                    positions.get(3),
                    Collections.max(positions) + 1);
        }

        static Layout ofUsers(String path, String header, String column) {
            int user = names(header).indexOf(column);
            if (user < 0) {
                throw UserIds.noColumn(path, column);
            }
            return new Layout(user, NONE, NONE, NONE, user + 1);
        }

        private static List<String> names(String header) {
            String[] parsed = CsvLine.parse(header);
            return parsed == null
                    ? List.of()
                    : Arrays.stream(parsed).map(String::strip).toList();
        }

        StructType schema() {
            return NormalisedRatings.schema(rating != NONE);
        }

        @Nullable
        Row row(String line) {
            @Nullable String[] fields = CsvLine.parse(line, wanted);
            if (fields == null) {
                return null;
            }
            String userId = present(fields[user]);
            String itemId = item == NONE ? null : present(fields[item]);
            long time = timestamp == NONE ? RatingParser.OLDEST : RatingParser.timestamp(fields[timestamp]);
            return rating == NONE
                    ? RowFactory.create(userId, itemId, time)
                    : RowFactory.create(userId, itemId, RatingParser.rating(fields[rating]), time);
        }

        private static @Nullable String present(@Nullable String id) {
            return id == null || id.isEmpty() ? null : id;
        }
    }

    /** Iterates over the rows of a task's slices, with one file open at a time. */
    private static final class Rows implements Iterator<Row> {
        private final Configuration hadoop;
        private final Deque<Slice> slices;
        private final String header;
        private final Layout layout;
        private @Nullable Slice slice;
        private @Nullable LineScanner lines;
        private @Nullable Row next;

        Rows(Configuration hadoop, List<Slice> slices, String header, Layout layout) {
            this.hadoop = hadoop;
            this.slices = new ArrayDeque<>(slices);
            this.header = header;
            this.layout = layout;
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
                    if (lines == null && !open()) {
                        return false;
                    }
                    advance();
                } catch (IOException | RuntimeException e) {
                    // The cause is left out because a decoder's message may quote data.
                    throw unreadable(slice == null ? "its files" : slice.file());
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
            if (slice.start() == 0) {
                lines = new LineScanner(in, 0);
            } else {
                // The line that holds the byte before this slice belongs to an earlier slice, even if it ends
                // with that byte.
                ((Seekable) in).seek(slice.start() - 1);
                lines = new LineScanner(in, slice.start() - 1);
                lines.skipLine(slice.end());
            }
            return true;
        }

        private void advance() throws IOException {
            LineScanner scanner = Objects.requireNonNull(lines);
            long end = Objects.requireNonNull(slice).end();
            long begin = scanner.offset();
            if (begin >= end || !scanner.next(end)) {
                close();
                return;
            }
            if (scanner.tooLong()) {
                return;
            }
            String line = begin == 0 ? withoutMark(scanner.line()) : scanner.line();
            if (!line.isBlank() && !line.equals(header)) {
                next = layout.row(line);
            }
        }

        private void close() {
            if (lines != null) {
                try {
                    lines.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } finally {
                    lines = null;
                }
            }
        }
    }
}
