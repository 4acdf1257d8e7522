package discreet.ledger;

/**
 * Told when a training has passed a step. Does nothing, except in tests that stop there: what has to hold after a kill is
 * then tested on the real database, the real files and the real noise.
 */
@FunctionalInterface
interface ProtocolListener {

    ProtocolListener NONE = step -> {};

    void passed(Step step);

    /** The steps of {@link ChargedRelease#release}, in order, after that of {@link Population#reserve}. */
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
