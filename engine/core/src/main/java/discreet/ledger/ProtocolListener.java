package discreet.ledger;

/**
 * Receives each step that a release has passed. It does nothing except in tests, which stop there, with a
 * real database, real files and real noise, and check what a kill leaves.
 */
@FunctionalInterface
interface ProtocolListener {

    /** Ignores every step. */
    ProtocolListener NONE = step -> {};

    /** Receives a step when it is done. */
    void passed(Step step);

    /**
     * Lists the steps of {@link ChargedRelease#release} in order, after those of {@link Population#reserve},
     * and that of {@link ChargedRelease#stop}.
     */
    enum Step {
        /** The RESERVE rows are durable, and the store is not marked with them yet. */
        CHARGED,
        /** The price of all vectors is charged, and the store knows. */
        RESERVED,
        /** The exact sum of a vector is on the driver. */
        AGGREGATED,
        /** There is room for its file. The probe has been written and not yet removed. */
        PROBED,
        /** The DRAW row is durable, and the store is not marked with it yet. */
        DRAW_APPENDED,
        /** The store is marked with the DRAW row. */
        DRAWN,
        /** Noise has been added. */
        NOISED,
        /** The file has been written. */
        WRITTEN,
        /** The file and its entry in the folder are on disk. */
        SYNCED,
        /** The SEAL row is durable, and the store is not marked with it yet. */
        SEAL_APPENDED,
        /** The store is marked with the SEAL row. */
        SEALED,
        /** The RETURN rows of all vectors that were never drawn are durable. The release cannot go on. */
        RETURNED
    }
}
