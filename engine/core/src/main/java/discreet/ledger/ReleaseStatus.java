package discreet.ledger;

import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Describes how far a release has come.
 *
 * @param parameters canonical JSON
 * @param hashRange the only users it is charged to, or null for all users
 * @param charged what the release has cost so far, including vectors that were charged again and without
 *     those that were given back
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

    /** Returns whether all vectors are sealed. The release can then be read and costs nothing more. */
    public boolean isSealed() {
        return vectors.stream().allMatch(vector -> vector.state() == State.SEALED);
    }

    /** Returns whether the release was stopped for good, and what it had not drawn given back. */
    public boolean isStopped() {
        return vectors.stream().anyMatch(vector -> vector.state() == State.RETURNED);
    }

    /** Says how far a vector has come. */
    public enum State {
        /** Paid for, and nothing was drawn. */
        RESERVED,
        /** It may have been drawn and is not sealed, so a rerun charges it again. */
        DRAWN,
        /** Its bytes are final. */
        SEALED,
        /** It was never drawn, its price was given back, and it can never be drawn. */
        RETURNED;

        /** Returns the word for readers and programs, such as {@code given back}. */
        public String text() {
            return this == RETURNED ? "given back" : name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Describes one vector of a release.
     *
     * @param attempts how often it was charged
     * @param charged what it has cost so far, which is the price of one draw times {@code attempts}, less
     *     what was given back
     */
    public record VectorStatus(String name, State state, int attempts, PrivacyCost charged) {}
}
