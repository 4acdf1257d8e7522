package discreet.files;

import discreet.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the data files behind a path, which may be a file, a folder with everything below it, or a glob of
 * these, on any file system that Hadoop knows. Files and folders whose names begin with {@code _} or {@code
 * .} are metadata and are skipped.
 */
public final class DataFiles {
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    /** Entries that make a folder a table of another format, by the format's name. */
    private static final Map<String, String> TABLES = Map.of("_delta_log", "Delta", ".hoodie", "Hudi");

    private static final String ICEBERG_FOLDER = "metadata";
    private static final Pattern ICEBERG_FILE =
            Pattern.compile("(v\\d+|\\d+-[0-9a-fA-F-]{36})(\\.gz)?\\.metadata\\.json");

    /** Number of folders above a named path in which the log of a table is looked for. */
    private static final int TABLE_DEPTH = 6;

    private final FileAccess access;
    private final String path;
    private final List<FileStatus> files;
    private final boolean parquet;
    private final Set<String> partitions;

    private DataFiles(FileAccess access, String path, List<FileStatus> files, boolean parquet, Set<String> partitions) {
        this.access = access;
        this.path = path;
        this.files = List.copyOf(files);
        this.parquet = parquet;
        this.partitions = Set.copyOf(partitions);
    }

    /**
     * Finds the data files behind a path.
     *
     * @param what names the files in errors ({@code ratings}, {@code the catalogue})
     * @throws InputException if there are none, they cannot be read, or their formats differ
     */
    public static DataFiles find(Configuration hadoop, String path, String what) {
        return find(new HadoopAccess(hadoop), path, what);
    }

    /**
     * Returns Hadoop's configuration where there is no Spark session: what the class path has, and the
     * settings that {@code spark-submit} was given.
     */
    public static Configuration hadoop() {
        return HadoopAccess.configured().hadoop();
    }

    /**
     * Finds the files where no Spark session says how Hadoop is configured. A path of this machine is read
     * without Hadoop's file systems ({@link LocalAccess}).
     *
     * @param what as in {@link #find(Configuration, String, String)}
     * @throws InputException as there
     */
    public static DataFiles find(String path, String what) {
        return find(LocalAccess.has(path) ? new LocalAccess() : HadoopAccess.configured(), path, what);
    }

    private static DataFiles find(FileAccess access, String path, String what) {
        List<FileStatus> files = new ArrayList<>();
        Set<String> partitions = new TreeSet<>();
        try {
            Set<Path> looked = new HashSet<>();
            for (FileStatus match : access.matches(path)) {
                requireNoTableAbove(access, match, what, looked);
                collect(access, match, what, files, partitions);
            }
            if (files.isEmpty()) {
                throw new InputException("Cannot read " + what + " from " + path
                        + ": there is no such file, or no data file in the folder. Check the path.");
            }
            files.sort(Comparator.comparing(file -> file.getPath().toString()));
            int parquet = 0;
            for (FileStatus file : files) {
                parquet += isParquet(access, file, what) ? 1 : 0;
            }
            if (parquet > 0 && parquet < files.size()) {
                throw new InputException("Cannot read " + what + " from " + path
                        + ": some files are Parquet and some are not. Keep one format in a folder.");
            }
            for (FileStatus file : files) {
                if (parquet > 0 && !isWhole(access, file)) {
                    throw new InputException("Cannot read " + what + " from " + file.getPath()
                            + ": the file is not whole Parquet. Write it again, or give a CSV file the ending .csv.");
                }
            }
            return new DataFiles(access, path, files, parquet > 0, partitions);
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new InputException("Cannot read " + what + " from " + path + ": the file system refused ("
                    + e.getClass().getSimpleName() + "). Check the path and that it may be read.");
        }
    }

    private static void collect(
            FileAccess access, FileStatus status, String what, List<FileStatus> files, Set<String> partitions)
            throws IOException {
        if (status.isFile()) {
            files.add(status);
            return;
        }
        int equals = status.getPath().getName().indexOf('=');
        if (equals > 0) {
            partitions.add(status.getPath().getName().substring(0, equals));
        }
        requireNoTable(access, status.getPath(), what);
        for (FileStatus child : access.list(status)) {
            collect(access, child, what, files, partitions);
        }
    }

    /**
     * Looks above what was named, because the log of a table is in the table's folder, and its files may be
     * some folders below. Folders that may not be looked into are passed over.
     *
     * @param looked folders that were looked into before, for another match
     */
    private static void requireNoTableAbove(FileAccess access, FileStatus match, String what, Set<Path> looked) {
        Path at = match.getPath().getParent();
        for (int level = 0; at != null && level < TABLE_DEPTH; level++) {
            if (looked.add(at)) {
                try {
                    requireNoTable(access, at, what);
                } catch (IOException e) {
                    // The folders above it may be looked into all the same
                }
            }
            at = at.getParent();
        }
    }

    private static void requireNoTable(FileAccess access, Path folder, String what) throws IOException {
        for (Map.Entry<String, String> table : TABLES.entrySet()) {
            if (access.holds(folder, table.getKey())) {
                throw isTable(table.getValue(), folder, what);
            }
        }
        Path metadata = new Path(folder, ICEBERG_FOLDER);
        if (access.holds(folder, ICEBERG_FOLDER)) {
            FileStatus found = new FileStatus(0, true, 1, 0, 0, metadata);
            if (access.list(found).stream()
                    .anyMatch(file ->
                            ICEBERG_FILE.matcher(file.getPath().getName()).matches())) {
                throw isTable("Iceberg", folder, what);
            }
        }
    }

    /**
     * Refuses the folder of a table whose log says which of its files count. Read file by file, it would
     * bring back rows that were deleted, such as those of people who have left.
     */
    private static InputException isTable(String format, Path folder, String what) {
        return new InputException("Cannot read " + what + " from " + folder + ": it is of a table of "
                + format + ", whose files include rows that were deleted. Write a snapshot of the table to a folder of"
                + " Parquet files outside of the table's, and name that folder.");
    }

    /** Returns whether a file is Parquet and not CSV. Other forms are refused by their name. */
    private static boolean isParquet(FileAccess access, FileStatus file, String what) throws IOException {
        String name = file.getPath().getName();
        if (name.endsWith(".parquet")) {
            return true;
        }
        byte[] first;
        try (InputStream in = access.open(file)) {
            first = in.readNBytes(ForeignForm.BYTES);
        }
        ForeignForm form = ForeignForm.of(name, first);
        if (form != null) {
            throw new InputException("Cannot read " + what + " from " + file.getPath() + ": the file is " + form.name()
                    + ". " + form.remedy());
        }
        return !name.endsWith(".csv")
                && !name.endsWith(".csv.gz")
                && first.length >= MAGIC.length
                && Arrays.equals(first, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Returns whether a file begins and ends with Parquet's magic bytes. The check is here because Spark's
     * tasks would log the bytes that they find in place of the magic bytes, and in a misnamed text file
     * these are some user's.
     */
    private static boolean isWhole(FileAccess access, FileStatus file) throws IOException {
        if (file.getLen() < 2L * MAGIC.length + Integer.BYTES) {
            return false;
        }
        byte[] found = new byte[MAGIC.length];
        try (SeekableInputStream in = access.input(file).newStream()) {
            in.readFully(found);
            if (!Arrays.equals(found, MAGIC)) {
                return false;
            }
            in.seek(file.getLen() - MAGIC.length);
            in.readFully(found);
            return Arrays.equals(found, MAGIC);
        }
    }

    /** Returns the path as it was given. */
    public String path() {
        return path;
    }

    /** Returns the files in order of their paths, at least one. */
    public List<FileStatus> files() {
        return files;
    }

    /** Returns whether the files are Parquet rather than text. */
    public boolean parquet() {
        return parquet;
    }

    /**
     * Returns the names before the equals sign in the names of folders, such as {@code day} for a folder
     * {@code day=2026-11-24}. They make no columns.
     */
    public Set<String> partitions() {
        return partitions;
    }

    /** Opens one of the files for reading its text, decompressed as its ending says. */
    public InputStream openText(FileStatus file) throws IOException {
        return access.openText(file);
    }

    /** Returns one of the files as Parquet's readers take it. */
    InputFile input(FileStatus file) throws IOException {
        return access.input(file);
    }

    /** Opens a file for reading its text, in a task that knows only its path. */
    public static InputStream openText(Configuration hadoop, Path file) throws IOException {
        return new HadoopAccess(hadoop).openText(file);
    }

    /** Returns the codec of a compressed file, by its ending; null if it is not compressed. */
    public static @Nullable CompressionCodec codec(Configuration hadoop, Path file) {
        return new HadoopAccess(hadoop).codec(file);
    }
}
