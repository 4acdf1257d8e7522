package discreet;

import org.jspecify.annotations.Nullable;

/**
 * An error that the person who runs a command can cause or must act on.
 *
 * <p>Messages read {@code Cannot X: why. What to do.} and are releases: they never carry a user id, a rating or a count
 * that depends on private rows.
 */
public abstract sealed class DiscreetException extends RuntimeException
        permits InputException, BudgetException, RunException {

    private static final long serialVersionUID = 1;

    DiscreetException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What could not be done, why, and what to do: one line. */
    @Override
    public final String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** The exit code of a command that ends with this error: 1 failed, 2 bad usage or input, 3 refused by the budget. */
    public abstract int exitCode();
}
