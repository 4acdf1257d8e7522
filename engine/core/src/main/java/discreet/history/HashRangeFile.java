package discreet.history;

import discreet.InputException;
import discreet.files.DataFiles;
import discreet.privacy.HashRange;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes a marker file in a folder of ratings that names the hash range of its users. The file
 * {@code _cell} holds one line, {@link HashRange#text}. The marker is a hint and is not trusted. Training
 * filters to the users it charges ({@link RowRules#users}), so a wrong marker can only drop data.
 */
public final class HashRangeFile {

    private static final String NAME = "_cell";
    private static final int MAX_BYTES = 4096;

    private HashRangeFile() {}

    /** Writes the marker of an existing folder. */
    public static void write(Configuration hadoop, Path folder, HashRange users) throws IOException {
        Path file = new Path(folder, NAME);
        FileSystem system = file.getFileSystem(hadoop);
        try (OutputStream out = system.create(file, false)) {
            out.write((users.text() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Returns the hash range of a folder of ratings, or null for all users if the folder has no marker.
     *
     * @throws InputException if the marker cannot be read
     */
    public static @Nullable HashRange find(String ratings) {
        try {
            Path file = new Path(ratings, NAME);
            FileSystem system = file.getFileSystem(DataFiles.hadoop());
            // A single file has no marker, and some file systems fail when asked for a path below a file.
            if (!isFolder(system, new Path(ratings)) || !system.exists(file)) {
                return null;
            }
            try (InputStream in = system.open(file)) {
                String line = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
                return HashRange.parse(line.endsWith("\n") ? line.substring(0, line.length() - 1) : line);
            }
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException | InputException e) {
            throw new InputException("Cannot read the hash range of the users in " + ratings + ": its file " + NAME
                    + " cannot be read. Check access to it, or write the folder again.");
        }
    }

    private static boolean isFolder(FileSystem system, Path path) throws IOException {
        try {
            return system.getFileStatus(path).isDirectory();
        } catch (FileNotFoundException e) {
            return false; // a glob or a missing path, which the reader of the ratings reports
        }
    }
}
