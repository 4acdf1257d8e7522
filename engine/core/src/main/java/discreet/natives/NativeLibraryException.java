package discreet.natives;

import org.jspecify.annotations.Nullable;

/**
 * Reports that the native library cannot be used here. The message says in one line what to do, and the root
 * cause is kept if there is one.
 */
public final class NativeLibraryException extends RuntimeException {
    NativeLibraryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
