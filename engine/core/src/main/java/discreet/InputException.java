package discreet;

import org.jspecify.annotations.Nullable;

/**
 * Reports bad usage or bad input. Nothing was charged, except where a training or an evaluation finds a file
 * damaged after its reservation.
 */
public final class InputException extends DiscreetException {

    private static final long serialVersionUID = 1;

    /** What follows {@code Cannot X: }. Null if the message is one text. */
    private final @Nullable String why;

    public InputException(String message) {
        super(message, null, null);
        this.why = null;
    }

    public InputException(String message, Throwable cause) {
        super(message, null, cause);
        this.why = null;
    }

    /** @param remedy what the end of the message advises */
    public InputException(String message, Remedy remedy) {
        super(message, remedy, null);
        this.why = null;
    }

    /**
     * Reports a fault that several actions can meet. A caller names its own action with {@link #during}.
     *
     * @param doing what could not be done, such as {@code train}
     * @param why the rest of the message, which suits any action
     */
    public InputException(String doing, String why) {
        this(doing, why, null);
    }

    private InputException(String doing, String why, @Nullable Throwable cause) {
        super("Cannot " + doing + ": " + why, null, cause);
        this.why = why;
    }

    /**
     * Returns the same error for the action of the caller, as in {@code Cannot quote: why}. An error whose
     * message is one text keeps it.
     */
    public InputException during(String doing) {
        return why == null ? this : new InputException(doing, why, this);
    }
}
