package discreet.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.RunException;
import discreet.noise.NoiseException;
import discreet.privacy.PrivacyCost;
import java.util.function.Supplier;

/**
 * What {@link ChargedRelease} does differently for sums of a known length and for sums by keys that are private. {@link ChargedRelease} alone uses
 * it: a mechanism draws noise, and does not ask whether that is paid for.
 *
 * @param <E> the exact sums
 */
interface Mechanism<E> {

    double sigma();

    double sensitivity();

    /** What one draw costs, by OpenDP's map for the noise that is drawn. */
    PrivacyCost cost();

    /** What DRAW says beside sigma and sensitivity: public, so nothing that depends on the sums, unless it is known without them. */
    void describe(ObjectNode draw, E exact);

    /** How many bytes to have ready for the file. The probe can be seen, so this is public as well. */
    long room(SealedHeader header, E exact);

    /**
     * The sums with noise.
     *
     * @throws NoiseException if the draw failed; it may have been drawn
     */
    Released draw(SealedHeader header, E exact);

    /** A mechanism for a planned vector, or why there is none: then nothing was drawn. */
    static <M> M forVector(PlannedVector vector, Supplier<M> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException | NoiseException e) {
            throw new RunException(
                    "Cannot release '" + vector.name() + "': " + e.getMessage() + " Nothing was drawn.", e);
        }
    }
}
