package discreet.ledger;

import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a release has come.
 *
 * @param parameters canonical JSON
 * @param hashRange the only people it is charged to; null: everybody
 * @param charged what the release has cost so far, vectors that were charged again included
 * @param vectors in the order of the plan
 */
public record ReleaseStatus(
        String releaseId,
        Instant reservedAt,
        String parameters,
        @Nullable HashRange hashRange,
        PrivacyCost charged,
        List<VectorStatus> vectors) {

    public ReleaseStatus {
        vectors = List.copyOf(vectors);
    }

    /** Whether all vectors are sealed: the release can be read and costs nothing more. */
    public boolean isSealed() {
        return vectors.stream().allMatch(vector -> vector.state() == State.SEALED);
    }

    /** How far a vector has come. */
    public enum State {
        /** Paid for; nothing was drawn. */
        RESERVED,
        /** It may have been drawn and is not sealed: a rerun charges it again. */
        DRAWN,
        /** Its bytes are final. */
        SEALED
    }

    /**
     * One vector of a release.
     *
     * @param attempts how often it was charged
     * @param charged what it has cost so far: the price of one draw times {@code attempts}
     */
    public record VectorStatus(String name, State state, int attempts, PrivacyCost charged) {}
}
