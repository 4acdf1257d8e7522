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

    private final List<String> files;
    private final @Nullable RunException failure;

    private StoreListing(List<String> files, @Nullable RunException failure) {
        this.files = files;
        this.failure = failure;
    }

    /** Lists the files of a store. A failure surfaces in {@link #files}. */
    static StoreListing of(Store store) {
        try {
            store.checkWritable();
            return new StoreListing(store.files(), null);
        } catch (RunException e) {
            return new StoreListing(List.of(), e);
        }
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
