package io.discreet.ledger;

/**
 * Told when a training has passed a step. Does nothing, except in tests that stop there: what has to hold after a kill is
 * then tested on the real database, the real files and the real noise.
 */
@FunctionalInterface
interface Steps {

    Steps NONE = step -> {};

    void passed(Step step);

    /** The steps of {@link Training#release}, in order, after that of {@link Population#reserve}. */
    enum Step {
        RESERVED,
        AGGREGATED,
        PROBED,
        DRAWN,
        NOISED,
        WRITTEN,
        SYNCED,
        SEALED
    }
}
