package discreet.spark.lists;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Where lists are until all of them are there: a folder beside the target whose name begins with a dot and ends with a key, a digest of
 * everything that decides the lists. Whoever wants the same again finds what is finished under the same name
 * (docs/decisions/028-resuming-lists.md).
 *
 * <pre>
 *   .lists-KEY.partial/attempts/RUN-TASK     a file that a task is writing
 *   .lists-KEY.partial/lists/part-00012.*    a part: it is there if and only if it is whole
 *   .lists-KEY.partial/joined/               of CSV, the one file that is made of the parts
 * </pre>
 *
 * <p>A task writes an attempt and renames it. Of two attempts at one part, by speculation or by two runs, whichever is renamed stands, and
 * both have the same lists. The rename of one file is atomic on every file system of Hadoop, also where that of a folder is not, and a part
 * is one file for that reason.
 */
final class PartFolder {
    private static final FsPermission OWNER_ONLY = new FsPermission("700");
    private static final String ENDING = ".partial";
    /** What a {@link ListKey} looks like: {@code .lists-eu-KEY.partial} belongs to {@code lists-eu}, and not to {@code lists}. */
    private static final String KEY = "[0-9a-f]{32}";
    /** What nothing was written to for so long belongs to a run that is no more. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final FileSystem system;
    private final Path target;
    private final Path folder;

    /** @param key of letters and digits */
    PartFolder(FileSystem system, Path target, String key) {
        this.system = system;
        this.target = target;
        this.folder = new Path(target.getParent(), prefix(target) + key + ENDING);
    }

    private static String prefix(Path target) {
        return "." + target.getName() + "-";
    }

    /** Where parts belong. */
    Path lists() {
        return new Path(folder, "lists");
    }

    /** For this user alone: lists say what their owners like. */
    void create() throws IOException {
        for (Path each : new Path[] {folder, lists(), attempts()}) {
            system.mkdirs(each, OWNER_ONLY);
            system.setPermission(each, OWNER_ONLY);
        }
    }

    /** Which parts of so many are finished; none where there is no such folder. */
    BitSet finished(int count, ListFormat format) throws IOException {
        BitSet finished = new BitSet(count);
        for (int part = 0; part < count && system.exists(lists()); part++) {
            finished.set(part, system.exists(new Path(lists(), format.file(part))));
        }
        return finished;
    }

    /** Where tasks may write. */
    Path attempts() {
        return new Path(folder, "attempts");
    }

    /** Makes a part of an attempt that is whole. */
    static void commit(FileSystem system, Path attempt, Path part) throws IOException {
        if (system.exists(part) || !system.rename(attempt, part)) {
            system.delete(attempt, false);
            if (!system.exists(part)) {
                throw new IOException("rename");
            }
        }
    }

    /** Makes the target of the parts, and leaves nothing beside it. */
    void complete(int count, ListFormat format) throws IOException {
        Path result = format == ListFormat.CSV ? joined(count) : lists();
        if (format == ListFormat.PARQUET) {
            system.create(new Path(result, "_SUCCESS")).close();
        }
        if (system.exists(target) || !system.rename(result, target)) {
            throw new IOException("rename");
        }
        remove();
    }

    /** Parts in their order after a header. */
    private Path joined(int count) throws IOException {
        Path joined = new Path(folder, "joined");
        system.mkdirs(joined, OWNER_ONLY);
        system.setPermission(joined, OWNER_ONLY);
        try (OutputStream out = system.create(new Path(joined, "lists.csv"))) {
            out.write(CsvSink.HEADER.getBytes(UTF_8));
            for (int part = 0; part < count; part++) {
                try (InputStream in = system.open(new Path(lists(), ListFormat.CSV.file(part)))) {
                    in.transferTo(out);
                }
            }
        }
        return joined;
    }

    void remove() throws IOException {
        system.delete(folder, true);
    }

    /** Removes what runs with another key have left for this target: with other inputs they would never be resumed. */
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
            // Somebody else's, or gone meanwhile: not ours to remove, and no reason not to make lists
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
