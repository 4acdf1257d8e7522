package discreet.ledger;

import discreet.ledger.LedgerRow.Kind;
import discreet.ledger.ReleaseStatus.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Summarises what the rows of a release say about one of its vectors.
 *
 * @param attempts how often it was charged, or 0 if never
 * @param drawn whether the noise of the latest attempt may have been drawn
 * @param returned whether the latest attempt was given back. The vector is never charged nor drawn again
 * @param seal its SEAL row, or null if it is not sealed
 */
record VectorRows(
        int attempts,
        boolean drawn,
        boolean returned,
        @Nullable LedgerRow seal) {

    /** Summarises the rows of one release for one of its vectors. */
    static VectorRows of(List<LedgerRow> rows, String vector) {
        int attempts = 0;
        boolean drawn = false;
        boolean returned = false;
        LedgerRow seal = null;
        for (LedgerRow row : rows) {
            if (!row.vector().equals(vector)) {
                continue;
            }
            if (row.is(Kind.RESERVE)) {
                attempts = row.attempt();
                drawn = false;
            } else if (row.is(Kind.DRAW)) {
                drawn = true;
            } else if (row.is(Kind.RETURN)) {
                returned = true;
            } else if (row.is(Kind.SEAL)) {
                seal = row;
            }
        }
        return new VectorRows(attempts, drawn, returned, seal);
    }

    /**
     * Returns whether the vector has to be charged before it is drawn. It has to if nothing was paid, or if
     * what was paid may be used up.
     */
    boolean isDue() {
        return seal == null && !returned && (attempts == 0 || drawn);
    }

    /** Returns whether the vector is paid for and was never drawn, so that its price can be given back. */
    boolean isReturnable() {
        return seal == null && !returned && attempts > 0 && !drawn;
    }

    State state() {
        if (seal != null) {
            return State.SEALED;
        }
        if (returned) {
            return State.RETURNED;
        }
        return drawn ? State.DRAWN : State.RESERVED;
    }
}
