package discreet.cli.shared;

import discreet.BudgetException;
import discreet.DiscreetException;
import discreet.InputException;
import discreet.RunException;
import discreet.ledger.Population;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Words the error of a job that charges a budget. The fault comes first, and then what was charged. */
public final class ChargedFailure {
    private ChargedFailure() {}

    /**
     * Returns the error to report. It is of the kind of the engine's error among the causes, if there is one,
     * so that the exit code stays.
     *
     * <p>Until the release is reserved, an error that the engine threw itself stands alone, because it
     * charges nothing. So does the error of a release that was stopped by its guard, because it says what the
     * release cost, and the release cannot go on. Others may have come at any time, so they always say what
     * was charged. If the ledger cannot be asked either, the first error is still the one to report, and the
     * second is suppressed in it.
     *
     * @param doing what cannot be finished, such as {@code training}
     * @param payer finds the population whose budget pays
     * @param release id of the release
     */
    public static DiscreetException of(Exception error, String doing, Supplier<Population> payer, String release) {
        DiscreetException known = CommandFailure.known(error);
        try {
            Population population = payer.get();
            boolean reserved = population.isReserved(release);
            return known != null && known == error && (!reserved || isStopped(population, release))
                    ? known
                    : said(error, known, doing, charged(release, reserved));
        } catch (DiscreetException e) {
            DiscreetException first = said(
                    error,
                    known,
                    doing,
                    " The ledger cannot be asked what was charged. Once it can, discreet ledger show says it, and with"
                            + " --release " + release + " the run goes on where it stopped.");
            first.addSuppressed(e);
            return first;
        }
    }

    private static DiscreetException said(
            Exception error, @Nullable DiscreetException known, String doing, String charged) {
        String fault = known != null
                ? EngineMessages.render(known)
                : "Cannot finish " + doing + ": " + CommandFailure.reason(error);
        String message = fault + charged;
        if (known instanceof InputException) {
            return new InputException(message, known);
        }
        return known instanceof BudgetException ? new BudgetException(message) : new RunException(message);
    }

    private static boolean isStopped(Population population, String release) {
        return population.releases().stream()
                .anyMatch(status -> status.releaseId().equals(release) && status.isStopped());
    }

    private static String charged(String release, boolean reserved) {
        return reserved
                ? " Nothing beyond what discreet ledger show says was charged; with --release " + release
                        + " the run goes on where it stopped."
                : " Nothing was charged.";
    }
}
