package discreet.ledger;

import discreet.InputException;
import discreet.RunException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Stores a population's sealed files in a folder, which is local or on any file system that Hadoop knows.
 * Only the ledger says which of the files count. Files are named by release, vector and attempt, and never
 * written twice.
 */
interface Store {

    /**
     * Returns the store at a path, a {@code file:} URI or any other URI that Hadoop has a file system for.
     * Nothing is looked at yet.
     *
     * @throws InputException if this cannot be a store
     */
    static Store at(URI uri) {
        if (LocalStore.isLocal(uri)) {
            return LocalStore.at(uri);
        }
        // Loading Hadoop's classes takes half a second, so this class is loaded only if it is needed.
        return HadoopStore.at(uri);
    }

    /**
     * Returns the name of a sealed file. No vector's name has a dot, so that two attempts never share a file.
     */
    static String sealed(String release, String vector, int attempt) {
        return release + "." + vector + "." + attempt + SEALED;
    }

    /** Returns a name for a probe that is unique. */
    static String probe(String release, String vector) {
        return release + "." + vector + "." + ReleaseId.fresh() + PROBE;
    }

    /**
     * Returns whether this is a probe of that release. The release id may have dots, and the parts of the
     * name after it have none.
     */
    static boolean isProbeOf(String release, String file) {
        return file.startsWith(release + ".")
                && file.substring(release.length() + 1).matches("[^.]+\\.[^.]+\\" + PROBE);
    }

    /** Ending of the names of sealed files. */
    String SEALED = ".sealed";
    /** Ending of the names of probes. */
    String PROBE = ".probe";

    /** Returns where the store is, as the ledger keeps it. */
    URI uri();

    /** Returns what a file is called in messages. */
    String place(String file);

    /**
     * Makes the folder, readable by its owner alone, or uses an existing empty one. It must be empty because
     * a file of another population must not be taken for one of this.
     *
     * @throws InputException if the folder cannot be made or is not empty
     */
    void create();

    /**
     * Checks the folder before anything is charged, because a draw that cannot be written is a charge for
     * nothing.
     *
     * @throws RunException if the folder is missing or may not be written to
     */
    void checkWritable();

    /** Returns the names of all files that are there, including half-written ones and probes. */
    List<String> files();

    /** Returns whether there is a file of this name. */
    boolean holds(String file);

    /**
     * Begins a new file.
     *
     * @throws RunException if there is one of this name, or it cannot be made
     */
    NewFile create(String file);

    /** Opens a file for reading. */
    InputStream open(String file) throws IOException;

    /** Removes a file if it is there. */
    void delete(String file);

    /** Closes the connections of the store. If the store is used after that, it makes new ones. */
    default void close() {}

    /** Writes one file. If it is closed without {@link #finish}, the file is half-written. */
    interface NewFile extends AutoCloseable {

        /**
         * Appends bytes.
         *
         * @throws RunException if the disk is full or anything else is wrong
         */
        void write(ByteBuffer bytes);

        /**
         * Syncs the file and its folder entry to disk, so that both survive a crash.
         *
         * @throws RunException as {@link #write}
         */
        void finish();

        @Override
        void close();
    }

    /**
     * Proves that a file of this size fits, by writing one and leaving it there for the caller to remove. Its
     * content does not compress, for file systems that would compress it.
     *
     * @throws RunException if the file does not fit, or the store is gone. Nothing is left then
     */
    default void probe(String file, long bytes) {
        try (NewFile probe = create(file)) {
            ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
            long left = bytes;
            long mixed = bytes;
            while (left > 0) {
                chunk.clear();
                while (chunk.hasRemaining()) {
                    mixed = mixed * 6364136223846793005L + 1442695040888963407L;
                    chunk.putLong(mixed ^ mixed >>> 32);
                }
                chunk.flip().limit((int) Math.min(left, chunk.limit()));
                left -= chunk.remaining();
                probe.write(chunk);
            }
            probe.finish();
        } catch (RunException e) {
            discard(file, e);
            throw e;
        }
    }

    private void discard(String file, RunException cause) {
        try {
            delete(file);
        } catch (RunException e) {
            cause.addSuppressed(e);
        }
    }

    /** Makes the error for a file that cannot be written, for every kind of store. */
    static RunException unwritable(String place, IOException e) {
        return new RunException(
                "Cannot write " + place
                        + ". Check that the store is there, its permissions, and that its disk is not full.",
                e);
    }
}
