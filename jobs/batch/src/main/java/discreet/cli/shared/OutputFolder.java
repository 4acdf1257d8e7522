package discreet.cli.shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.InputException;
import discreet.RunException;
import discreet.files.CsvField;
import discreet.files.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Writes a folder of results that appears when it is complete or not at all. Everything is written to a
 * folder beside it, whose name begins with a dot, and that folder is then renamed. It may be on any file
 * system that Hadoop knows.
 */
public final class OutputFolder {
    private final FileSystem system;
    private final String doing;
    private final Path target;
    private final Path partial;

    private OutputFolder(FileSystem system, String doing, Path target) {
        this.system = system;
        this.doing = doing;
        this.target = target;
        this.partial = new Path(target.getParent(), "." + target.getName() + "-" + UUID.randomUUID() + ".partial");
    }

    /**
     * Prepares an output folder and writes nothing yet.
     *
     * @param doing what the command does, for messages: {@code Cannot recommend: ...}
     * @throws InputException if something is there already, or there is no such file system
     */
    public static OutputFolder at(SparkSession spark, String doing, String output) {
        try {
            Path path = new Path(output);
            FileSystem system = path.getFileSystem(spark.sessionState().newHadoopConf());
            // Readers of results have no use for checksum files beside them.
            system.setWriteChecksum(false);
            OutputFolder folder = new OutputFolder(system, doing, system.makeQualified(path));
            folder.requireFree();
            return folder;
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new InputException("Cannot " + doing + ": " + output + " cannot be used as an output ("
                    + e.getClass().getSimpleName() + "). Check the path.");
        }
    }

    private void requireFree() throws IOException {
        if (system.exists(target)) {
            throw Arguments.exists(doing, target.toString());
        }
    }

    /** Returns where the folder will appear. */
    public String target() {
        return target.toString();
    }

    /** Writes rows as Parquet and makes the folder appear. */
    public void writeParquet(Dataset<Row> rows) {
        write(() -> rows.write().mode(SaveMode.Append).parquet(partial.toString()));
    }

    /**
     * Writes one CSV file with a header and makes the folder appear. Parts are made in parallel and joined in
     * order.
     *
     * @param neutral whether texts are written so that no spreadsheet takes them for formulas
     */
    public void writeCsv(Dataset<Row> rows, String name, boolean neutral) {
        write(() -> {
            Path parts = new Path(partial, "parts");
            rows.map((MapFunction<Row, String>) row -> csv(row, neutral), Encoders.STRING())
                    .write()
                    .text(parts.toString());
            try (OutputStream out = system.create(new Path(partial, name))) {
                out.write((String.join(",", rows.columns()) + "\n").getBytes(UTF_8));
                for (Path part : partsOf(parts)) {
                    try (InputStream in = system.open(part)) {
                        in.transferTo(out);
                    }
                }
            }
            system.delete(parts, true);
        });
    }

    private List<Path> partsOf(Path folder) throws IOException {
        return Arrays.stream(system.listStatus(folder))
                .map(FileStatus::getPath)
                .filter(part -> part.getName().startsWith("part-"))
                .sorted(Comparator.comparing(Path::getName))
                .toList();
    }

    private static String csv(Row row, boolean neutral) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> CsvField.of(text(row.get(column), neutral)))
                .collect(Collectors.joining(","));
    }

    private static String text(@Nullable Object value, boolean neutral) {
        return neutral && value instanceof String text ? CsvField.neutral(text) : String.valueOf(value);
    }

    /** Writes into {@link #partial}. */
    @FunctionalInterface
    private interface Content {
        void write() throws IOException;
    }

    private void write(Content content) {
        try {
            // Lists say what users like, so only the account that runs this may read them at first
            OwnerOnly.makeFolder(system, partial);
            content.write();
            OwnerOnly.close(system, partial);
            requireFree();
            if (!system.rename(partial, target)) {
                throw new IOException("rename");
            }
        } catch (IOException e) {
            throw new RunException("Cannot " + doing + ": the file system refused to write " + target + " ("
                    + e.getClass().getSimpleName() + "). Check free space and permissions.");
        } finally {
            removePartial();
        }
    }

    private void removePartial() {
        try {
            system.delete(partial, true);
        } catch (IOException e) {
            // The name of what is left begins with a dot, so it does not pass for a result.
            return;
        }
    }
}
