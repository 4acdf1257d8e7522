package discreet.files;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Limits the length of ids. One account could otherwise have ids that no machine has room for, and end every
 * training. Rows with a longer id of a user or an item are left out, without a sign and before the id is
 * decoded or grouped. A longer id in a catalogue, which is public, is an error
 * (docs/decisions/043-long-ids-and-exit-codes.md).
 */
public final class IdLimit {
    /** The greatest length of an id, in bytes of UTF-8. It is public and the same for all data. */
    public static final int MAX_BYTES = 1024;

    /** No UTF-16 unit takes more bytes of UTF-8. */
    private static final int MAX_BYTES_OF_UNIT = 3;

    private IdLimit() {}

    /** Returns whether an id is short enough. */
    public static boolean admits(String id) {
        return id.length() <= MAX_BYTES / MAX_BYTES_OF_UNIT
                || (id.length() <= MAX_BYTES && id.getBytes(UTF_8).length <= MAX_BYTES);
    }
}
