package discreet;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the reader of an error can do about it, where every edge of Discreet has words of its own for that: the command line
 * prints a command, a service may send a link.
 *
 * <p>A message with a remedy ends with the same advice in plain words, so that it is complete without.
 *
 * @param population the population that it concerns; null if it concerns the ledger
 */
public record Remedy(Action action, @Nullable String population) implements Serializable {

    /** What can be done. */
    public enum Action {
        VERIFY_LEDGER,
        OPEN_POPULATION,
        SHOW_RELEASES,
        PLAN_RELEASES
    }

    /** Verify the ledger: walk its chains and read its sealed files. */
    public static Remedy verifyLedger() {
        return new Remedy(Action.VERIFY_LEDGER, null);
    }

    /** Open a population under a budget. */
    public static Remedy openPopulation(String population) {
        return new Remedy(Action.OPEN_POPULATION, population);
    }

    /** Look at the releases that a population was charged for. */
    public static Remedy showReleases(String population) {
        return new Remedy(Action.SHOW_RELEASES, population);
    }

    /** Plan how many releases a population's budget pays for. */
    public static Remedy planReleases(String population) {
        return new Remedy(Action.PLAN_RELEASES, population);
    }
}
