package discreet.statistics;

/**
 * Reports that an eigenproblem could not be solved. Only released matrices are decomposed, and even so the
 * message contains no data.
 */
public final class SpectrumException extends RuntimeException {
    private final Reason reason;

    /** Lists the reasons for a failure. */
    enum Reason {
        LENGTH_MISMATCH("the matrix does not have n x n entries, or is too large for an array"),
        NOT_FINITE("an entry is not finite"),
        NO_CONVERGENCE("the iteration did not converge or overflowed"),
        THREADS_OUT_OF_RANGE("the number of threads is not in [1, 1024]"),
        THREADS_UNAVAILABLE("the threads could not be started"),
        OUT_OF_MEMORY("there is not enough memory outside the heap"),
        PANICKED("the native code panicked");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    /** Called from native code, with the name of a {@link Reason}. */
    SpectrumException(String reason) {
        this(Reason.valueOf(reason));
    }

    private SpectrumException(Reason reason) {
        super("Cannot compute the spectrum: " + reason.text + ".");
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
