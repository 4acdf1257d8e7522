package discreet.cli.shared;

import discreet.BudgetException;
import discreet.DiscreetException;
import discreet.InputException;
import discreet.RunException;

/** Words the error of a job that charges a budget. The fault comes first, and then what was charged. */
public final class ChargedFailure {
    private ChargedFailure() {}

    /**
     * Returns the error to report. It is of the kind of the engine's error among the causes, if there is one,
     * so that the exit code stays.
     *
     * <p>Until the release is reserved, an error that the engine threw itself stands alone, because it
     * charges nothing. Others may have come at any time, so they always say what was charged.
     *
     * @param doing what cannot be finished, such as {@code training}
     * @param release id of the release
     * @param reserved whether the release is in the ledger
     */
    public static DiscreetException of(Exception error, String doing, String release, boolean reserved) {
        DiscreetException known = CommandFailure.known(error);
        if (known == error && !reserved) {
            return known;
        }
        String fault = known != null
                ? EngineMessages.render(known)
                : "Cannot finish " + doing + ": " + CommandFailure.reason(error);
        String message = fault + charged(release, reserved);
        if (known instanceof InputException) {
            return new InputException(message, known);
        }
        return known instanceof BudgetException ? new BudgetException(message) : new RunException(message);
    }

    private static String charged(String release, boolean reserved) {
        return reserved
                ? " Nothing beyond what discreet ledger show says was charged; with --release " + release
                        + " the run goes on where it stopped."
                : " Nothing was charged.";
    }
}
