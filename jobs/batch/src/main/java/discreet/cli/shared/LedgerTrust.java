package discreet.cli.shared;

import discreet.RunException;
import discreet.ledger.Population;

/** Says whether the figures of a population can be believed. */
public final class LedgerTrust {
    private LedgerTrust() {}

    /**
     * Returns a sentence that warns of a ledger that was set back or replaced, of a store that was, or of a
     * store that cannot be read. Empty if ledger and store belong together.
     */
    public static String warning(Population population) {
        try {
            return population
                    .problem()
                    .map(problem -> "Do not believe the figures of population '" + population.name() + "': " + problem)
                    .orElse("");
        } catch (RunException e) {
            return "The figures of population '" + population.name() + "' cannot be checked against its store: "
                    + e.getMessage();
        }
    }

    /**
     * Refuses to state figures of a ledger that was set back or replaced.
     *
     * @param doing completes "Cannot"
     * @throws RunException if ledger and store do not belong together, or the store cannot be read
     */
    public static void require(String doing, Population population) {
        population.problem().ifPresent(problem -> {
            throw new RunException("Cannot " + doing + " for population '" + population.name() + "': " + problem);
        });
    }
}
