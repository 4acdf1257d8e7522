package discreet.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.RunException;
import discreet.noise.NoiseException;
import discreet.privacy.PrivacyCost;
import java.util.function.Supplier;

/**
 * Does what differs between sums of a known length and sums by keys that are private. Only
 * {@link ChargedRelease} uses it, because a mechanism draws noise and does not ask whether that is paid for.
 *
 * @param <E> the exact sums
 */
interface Mechanism<E> {

    double sigma();

    double sensitivity();

    /** Returns what one draw costs, by OpenDP's map for the noise that is drawn. */
    PrivacyCost cost();

    /**
     * Adds to DRAW what it says beside sigma and sensitivity. DRAW is public, so this must not depend on the
     * sums, unless it is known without them.
     */
    void describe(ObjectNode draw, E exact);

    /**
     * Returns how many bytes to have ready for the file. The probe can be seen, so this is public as well.
     */
    long roomBytes(SealedHeader header, E exact);

    /**
     * Returns the sums with noise.
     *
     * @throws NoiseException if the draw failed. The noise may have been drawn
     */
    Released draw(SealedHeader header, E exact);

    /**
     * Makes the mechanism for a planned vector, or fails with the reason why there is none. Nothing was drawn
     * then.
     */
    static <M> M forVector(PlannedVector vector, Supplier<M> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException | NoiseException e) {
            throw new RunException(
                    "Cannot release '" + vector.name() + "': " + e.getMessage() + " Nothing was drawn.", e);
        }
    }
}
