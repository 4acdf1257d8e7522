package discreet;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Names what the reader of an error can do about it. Each front end has words of its own for that: the
 * command line prints a command, and a service may send a link.
 *
 * <p>A message with a remedy ends with the same advice in plain words, so it is complete without the remedy.
 *
 * @param population the population that it concerns, or null if it concerns the ledger or the input
 */
public record Remedy(Action action, @Nullable String population) implements Serializable {

    /** Lists the kinds of remedy. */
    public enum Action {
        VERIFY_LEDGER,
        OPEN_POPULATION,
        SHOW_RELEASES,
        PLAN_RELEASES,
        CHECK_RATINGS
    }

    /** Advises to verify the ledger, which walks its chains and reads its sealed files. */
    public static Remedy verifyLedger() {
        return new Remedy(Action.VERIFY_LEDGER, null);
    }

    /** Advises to open a population under a budget. */
    public static Remedy openPopulation(String population) {
        return new Remedy(Action.OPEN_POPULATION, population);
    }

    /** Advises to look at the releases that a population was charged for. */
    public static Remedy showReleases(String population) {
        return new Remedy(Action.SHOW_RELEASES, population);
    }

    /** Advises to count exactly, inside the operator's boundary, what the ratings hold. */
    public static Remedy checkRatings() {
        return new Remedy(Action.CHECK_RATINGS, null);
    }

    /** Advises to plan how many releases a population's budget pays for. */
    public static Remedy planReleases(String population) {
        return new Remedy(Action.PLAN_RELEASES, population);
    }
}
