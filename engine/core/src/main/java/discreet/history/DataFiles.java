package discreet.history;

import discreet.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.jspecify.annotations.Nullable;

/**
 * Finds the data files behind a path, which may be a file, a folder with everything below it, or a glob of
 * these. Files and folders whose names begin with {@code _} or {@code .} are metadata and are skipped.
 *
 * @param path the path as given by the caller
 * @param files the files in order of their paths, at least one
 * @param parquet whether the files are Parquet rather than text
 */
public record DataFiles(String path, List<FileStatus> files, boolean parquet) {
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
    private static final PathFilter DATA =
            path -> !path.getName().startsWith("_") && !path.getName().startsWith(".");

    /**
     * Finds the files of a path.
     *
     * @param what names the files in errors ("ratings", "the catalogue")
     * @throws InputException if there is no file, or the files cannot be used
     */
    public static DataFiles find(Configuration hadoop, String path, String what) {
        List<FileStatus> files = new ArrayList<>();
        try {
            Path given = new Path(path);
            FileSystem system = given.getFileSystem(hadoop);
            for (FileStatus match : matches(system, given)) {
                collect(system, match, files);
            }
            if (files.isEmpty()) {
                throw new InputException("Cannot read " + what + " from " + path
                        + ": there is no such file, or no data file in the folder. Check the path.");
            }
            files.sort(Comparator.comparing(file -> file.getPath().toString()));
            int parquet = 0;
            for (FileStatus file : files) {
                parquet += isParquet(system, file) ? 1 : 0;
            }
            if (parquet > 0 && parquet < files.size()) {
                throw new InputException("Cannot read " + what + " from " + path
                        + ": some files are Parquet and some are not. Keep one format in a folder.");
            }
            for (FileStatus file : files) {
                if (parquet > 0 && !isWhole(system, file)) {
                    throw new InputException("Cannot read " + what + " from " + file.getPath()
                            + ": the file is not whole Parquet. Write it again, or give a CSV file the ending .csv.");
                }
            }
            return new DataFiles(path, List.copyOf(files), parquet > 0);
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new InputException("Cannot read " + what + " from " + path + ": the file system refused ("
                    + e.getClass().getSimpleName() + "). Check the path and that it may be read.");
        }
    }

    private static FileStatus[] matches(FileSystem system, Path given) throws IOException {
        // An existing name is taken literally, even with characters that a glob would interpret.
        if (system.exists(given)) {
            return new FileStatus[] {system.getFileStatus(given)};
        }
        FileStatus[] matches = system.globStatus(given, DATA);
        return matches == null ? new FileStatus[0] : matches;
    }

    private static void collect(FileSystem system, FileStatus status, List<FileStatus> files) throws IOException {
        if (status.isFile()) {
            files.add(status);
            return;
        }
        for (FileStatus child : system.listStatus(status.getPath(), DATA)) {
            collect(system, child, files);
        }
    }

    private static boolean isParquet(FileSystem system, FileStatus file) throws IOException {
        String name = file.getPath().getName();
        if (name.endsWith(".parquet")) {
            return true;
        }
        if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
            return false;
        }
        try (InputStream in = system.open(file.getPath())) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    /**
     * Returns whether a file begins and ends with Parquet's magic bytes. The check is here because Spark's
     * tasks would log the bytes that they find in place of the magic bytes, and in a misnamed text file these
     * are some user's.
     */
    private static boolean isWhole(FileSystem system, FileStatus file) throws IOException {
        if (file.getLen() < 2L * MAGIC.length + Integer.BYTES) {
            return false;
        }
        try (FSDataInputStream in = system.open(file.getPath())) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                return false;
            }
            in.seek(file.getLen() - MAGIC.length);
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    /** Opens a file for reading its text, decompressed according to its extension. */
    public static InputStream openText(Configuration hadoop, Path file) throws IOException {
        CompressionCodec codec = codec(hadoop, file);
        InputStream in = file.getFileSystem(hadoop).open(file);
        if (codec == null) {
            return in;
        }
        try {
            return codec.createInputStream(in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    public static @Nullable CompressionCodec codec(Configuration hadoop, Path file) {
        return new CompressionCodecFactory(hadoop).getCodec(file);
    }
}
