package discreet.ledger;

import discreet.InputException;
import discreet.RunException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The folder that holds a population's sealed files: a local one, or one on any file system that Hadoop knows. Which of the
 * files count, only the ledger says. Files are named by release, vector and attempt, and never written twice.
 */
interface Store {

    /**
     * The store at a path, a {@code file:} URI or any other URI that Hadoop has a file system for. Nothing is looked at yet.
     *
     * @throws InputException if this cannot be a store
     */
    static Store at(URI uri) {
        if (LocalStore.isLocal(uri)) {
            return LocalStore.at(uri);
        }
        // Classes of Hadoop are loaded with this one, and only where they are needed: that takes half a second.
        return HadoopStore.at(uri);
    }

    /** The name of a sealed file. No vector's name has a dot, so that two attempts never share a file. */
    static String sealed(String release, String vector, int attempt) {
        return release + "." + vector + "." + attempt + SEALED;
    }

    /** A name for a probe that nobody else uses. */
    static String probe(String release, String vector) {
        return release + "." + vector + "." + ReleaseId.fresh() + PROBE;
    }

    /** Whether this is a probe of that release, which may have dots; what follows in the name has none. */
    static boolean isProbeOf(String release, String file) {
        return file.startsWith(release + ".")
                && file.substring(release.length() + 1).matches("[^.]+\\.[^.]+\\" + PROBE);
    }

    String SEALED = ".sealed";
    String PROBE = ".probe";

    URI uri();

    /** What a file is called in messages. */
    String place(String file);

    /**
     * Makes the folder, for the owner's eyes only, or takes one that is empty: a file of another population's must not be
     * taken for one of this.
     *
     * @throws InputException if that cannot be
     */
    void create();

    /**
     * Before anything is charged: a draw that cannot be written is a charge for nothing.
     *
     * @throws RunException if the folder is missing or may not be written to
     */
    void checkWritable();

    /** Names of all files that are there, half-written ones and probes included. */
    List<String> files();

    boolean holds(String file);

    /** Begins a new file. @throws RunException if there is one of this name, or it cannot be */
    NewFile create(String file);

    InputStream open(String file) throws IOException;

    /** Removes a file if it is there. */
    void delete(String file);

    /** Lets go of connections. Used after that, the store makes new ones. */
    default void close() {}

    /** A file that is being written. Closed without {@link #finish}, it is half-written. */
    interface NewFile extends AutoCloseable {

        /** @throws RunException if the disk is full or anything else is wrong */
        void write(ByteBuffer bytes);

        /** Makes what was written, and the file's entry in the folder, last. @throws RunException as {@link #write} */
        void finish();

        @Override
        void close();
    }

    /**
     * Proves that a file of this size fits, by writing one; it is left there, for the caller to remove. Its content does not
     * compress, for file systems that do.
     *
     * @throws RunException if it does not fit, or the store is gone; nothing is left
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

    /** Why a file cannot be written, for every kind of store. */
    static RunException unwritable(String place, IOException e) {
        return new RunException(
                "Cannot write " + place
                        + ". Check that the store is there, its permissions, and that its disk is not full.",
                e);
    }
}
