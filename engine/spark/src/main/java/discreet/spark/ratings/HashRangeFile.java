package discreet.spark.ratings;

import discreet.InputException;
import discreet.privacy.HashRange;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A note in a folder of ratings that says which people the ratings are of: {@code _cell}, one line, {@link HashRange#text}. It is a
 * proposal and no claim that is believed: whoever charges a cell also leaves everybody outside of it out
 * ({@link discreet.history.RowRules#people}), so a note that is wrong makes data disappear and no promise false.
 */
public final class HashRangeFile {

    private static final String NAME = "_cell";
    private static final int MOST_BYTES = 4096;

    private HashRangeFile() {}

    /** Writes the note of a folder that exists. */
    public static void write(SparkSession spark, Path folder, HashRange people) throws IOException {
        Path file = new Path(folder, NAME);
        FileSystem system = file.getFileSystem(spark.sessionState().newHadoopConf());
        try (OutputStream out = system.create(file, false)) {
            out.write((people.text() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * The cell that a folder of ratings is of, null where nothing is noted: everybody.
     *
     * @throws InputException if there is a note that cannot be read
     */
    public static @Nullable HashRange find(SparkSession spark, String ratings) {
        return find(spark.sessionState().newHadoopConf(), ratings);
    }

    /** {@link #find(SparkSession, String)} without Spark. */
    public static @Nullable HashRange find(String ratings) {
        return find(new Configuration(), ratings);
    }

    private static @Nullable HashRange find(Configuration hadoop, String ratings) {
        try {
            Path file = new Path(ratings, NAME);
            FileSystem system = file.getFileSystem(hadoop);
            // A file has no note: some file systems do not even like to be asked
            if (!isFolder(system, new Path(ratings)) || !system.exists(file)) {
                return null;
            }
            try (InputStream in = system.open(file)) {
                String line = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
                return HashRange.parse(line.endsWith("\n") ? line.substring(0, line.length() - 1) : line);
            }
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new InputException("Cannot read which people " + ratings + " is of: its file " + NAME
                    + " cannot be read. Remove that file, and everybody is charged.");
        }
    }

    private static boolean isFolder(FileSystem system, Path path) throws IOException {
        try {
            return system.getFileStatus(path).isDirectory();
        } catch (FileNotFoundException e) {
            return false; // a glob, or nothing: the reader says which
        }
    }
}
