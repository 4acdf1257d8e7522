package discreet.natives;

import org.jspecify.annotations.Nullable;

/** The native library cannot be used here. The message says what to do in one line; the root cause, where there is one, is kept. */
public final class NativeLibraryException extends RuntimeException {
    NativeLibraryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
