package discreet.ledger;

import discreet.RunException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports what a store contained at one time, or why it could not be seen. The store is listed before a
 * population is locked, because a name node may take long to answer. The failure is kept until the listing is
 * used, because a caller that turns out not to need the store need not fail.
 */
final class StoreListing {

    /** Lists no file, for a caller that has not looked. */
    static final StoreListing NONE = new StoreListing(List.of(), null);

    private final List<String> files;
    private final @Nullable RunException failure;

    private StoreListing(List<String> files, @Nullable RunException failure) {
        this.files = files;
        this.failure = failure;
    }

    /** Lists the files of a store that is going to be written to. A failure surfaces in {@link #files}. */
    static StoreListing of(Store store) {
        return listing(store, true);
    }

    /** Lists the files of a store that is only read. A failure surfaces in {@link #files}. */
    static StoreListing toRead(Store store) {
        return listing(store, false);
    }

    private static StoreListing listing(Store store, boolean isWritten) {
        try {
            if (isWritten) {
                store.checkWritable();
            }
            return new StoreListing(store.files(), null);
        } catch (RunException e) {
            return new StoreListing(List.of(), e);
        }
    }

    boolean isReadable() {
        return failure == null;
    }

    /**
     * Returns the names of the files that there were.
     *
     * @throws RunException if the store could not be written to or not be read
     */
    List<String> files() {
        if (failure != null) {
            throw failure;
        }
        return files;
    }
}
