package discreet;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports an error that the user of a command or of the API can cause or must act on.
 *
 * <p>Messages follow the pattern {@code Cannot X: why. What to do.} Every message is a release, so it never
 * carries a user id, a rating or a count that depends on private rows.
 *
 * <p>The engine's messages suit every front end. They name a parameter in backticks by its name in Java, such
 * as {@code `minRating`}, and never a flag or a command. The command line prints {@code --min-rating} instead
 * and adds a command for the {@link #remedy}.
 */
public abstract sealed class DiscreetException extends RuntimeException
        permits InputException, BudgetException, RunException {

    private static final long serialVersionUID = 1;

    private final @Nullable Remedy remedy;

    DiscreetException(String message, @Nullable Remedy remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    /** Returns one line that says what could not be done, why, and what to do. */
    @Override
    public final String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** Returns the advice at the end of the message, if a front end may have words of its own for it. */
    public final Optional<Remedy> remedy() {
        return Optional.ofNullable(remedy);
    }
}
