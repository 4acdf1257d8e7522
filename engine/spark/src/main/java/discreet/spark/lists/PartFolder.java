package discreet.spark.lists;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.files.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Collects lists in a hidden folder beside the target until all of them are written. The name of the folder
 * begins with a dot and contains a key, which is a digest of everything that decides the lists. A later run
 * for the same lists finds the finished parts under the same name (docs/decisions/028-resuming-lists.md).
 *
 * <pre>
 *   .lists-KEY.partial/attempts/RUN-TASK     a file that a task is writing
 *   .lists-KEY.partial/lists/part-00012.*    a finished part, always complete
 *   .lists-KEY.partial/joined/               for CSV, the one file joined from the parts
 * </pre>
 *
 * <p>A task writes an attempt and then renames it. If two attempts write the same part, through speculation
 * or in two concurrent runs, the first to be renamed stays. Both contain the same lists. A part is a single
 * file because every Hadoop file system renames a file atomically, while some do not rename a folder
 * atomically.
 */
final class PartFolder {
    private static final String ENDING = ".partial";
    /**
     * Matches a {@link ListKey}, so that {@code .lists-eu-KEY.partial} belongs to {@code lists-eu} and not to
     * {@code lists}.
     */
    private static final String KEY = "[0-9a-f]{32}";
    /** A folder without writes for this long belongs to a run that has died. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final FileSystem system;
    private final Path target;
    private final Path folder;

    /** @param key letters and digits only */
    PartFolder(FileSystem system, Path target, String key) {
        this.system = system;
        this.target = target;
        this.folder = new Path(target.getParent(), prefix(target) + key + ENDING);
    }

    private static String prefix(Path target) {
        return "." + target.getName() + "-";
    }

    /** Returns the folder of finished parts. */
    Path lists() {
        return new Path(folder, "lists");
    }

    /** Creates the folders, readable by their owner alone because lists reveal what users like. */
    void create() throws IOException {
        for (Path each : new Path[] {folder, lists(), attempts()}) {
            OwnerOnly.makeFolder(system, each);
        }
    }

    /** Returns which of {@code count} parts are finished. The set is empty if the folder does not exist. */
    BitSet finished(int count, ListFormat format) throws IOException {
        BitSet finished = new BitSet(count);
        for (int part = 0; part < count && system.exists(lists()); part++) {
            finished.set(part, system.exists(new Path(lists(), format.file(part))));
        }
        return finished;
    }

    /** Returns the folder in which tasks write their attempts. */
    Path attempts() {
        return new Path(folder, "attempts");
    }

    /** Turns a complete attempt into a finished part. If the part exists already, the attempt is deleted. */
    static void commit(FileSystem system, Path attempt, Path part) throws IOException {
        OwnerOnly.close(system, attempt);
        if (system.exists(part) || !system.rename(attempt, part)) {
            system.delete(attempt, false);
            if (!system.exists(part)) {
                throw new IOException("rename");
            }
        }
    }

    /** Moves the finished parts to the target and removes everything else. */
    void complete(int count, ListFormat format) throws IOException {
        Path result = format.isJoined() ? joined(count) : lists();
        if (format == ListFormat.PARQUET) {
            Path done = new Path(result, "_SUCCESS");
            system.create(done).close();
            OwnerOnly.close(system, done);
        }
        if (system.exists(target) || !system.rename(result, target)) {
            throw new IOException("rename");
        }
        remove();
    }

    /** Joins the parts in order after a header. */
    private Path joined(int count) throws IOException {
        Path joined = new Path(folder, "joined");
        OwnerOnly.makeFolder(system, joined);
        try (OutputStream out = system.create(new Path(joined, "lists.csv"))) {
            out.write(CsvSink.HEADER.getBytes(UTF_8));
            for (int part = 0; part < count; part++) {
                try (InputStream in = system.open(new Path(lists(), ListFormat.CSV.file(part)))) {
                    in.transferTo(out);
                }
            }
        }
        OwnerOnly.close(system, joined);
        return joined;
    }

    void remove() throws IOException {
        system.delete(folder, true);
    }

    /**
     * Removes abandoned folders that runs with other keys left for this target. A run with this key cannot
     * resume them.
     */
    void removeAbandoned() throws IOException {
        Path parent = target.getParent();
        if (!system.exists(parent)) {
            return;
        }
        long limit = Instant.now().minus(ABANDONED).toEpochMilli();
        Pattern partial = Pattern.compile(Pattern.quote(prefix(target)) + KEY + Pattern.quote(ENDING));
        for (FileStatus beside : system.listStatus(parent)) {
            String name = beside.getPath().getName();
            if (!name.equals(folder.getName()) && partial.matcher(name).matches()) {
                removeIfAbandoned(beside, limit);
            }
        }
    }

    private void removeIfAbandoned(FileStatus beside, long limit) {
        try {
            if (lastWritten(beside) < limit) {
                system.delete(beside.getPath(), true);
            }
        } catch (IOException e) {
            // The folder belongs to another owner or is gone already. Leaving it there does no harm to the
            // lists.
            return;
        }
    }

    private long lastWritten(FileStatus status) throws IOException {
        long last = status.getModificationTime();
        if (status.isDirectory()) {
            for (FileStatus child : system.listStatus(status.getPath())) {
                last = Math.max(last, lastWritten(child));
            }
        }
        return last;
    }
}
