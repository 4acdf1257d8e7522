package discreet.ledger;

/**
 * Learns when a release has passed a step. It does nothing, except in tests that stop at a step. They test
 * what has to hold after a kill on the real database, the real files and the real noise.
 */
@FunctionalInterface
interface ProtocolListener {

    ProtocolListener NONE = step -> {};

    void passed(Step step);

    /**
     * Lists the steps of {@link ChargedRelease#release} in order, after that of {@link Population#reserve}.
     */
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
