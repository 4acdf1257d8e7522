package discreet.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.RunException;
import discreet.noise.NoiseException;
import discreet.privacy.PrivacyCost;
import java.util.function.Supplier;

/**
 * Adds noise to one vector's exact sums, and says what that costs. {@link VectorMechanism} does it for sums
 * of public length, {@link ThresholdedMechanism} for sums whose keys are private. Only {@link ChargedRelease}
 * uses a mechanism, because a mechanism does not ask whether its noise is paid for.
 *
 * @param <E> the exact sums
 */
interface Mechanism<E> {

    /** Returns the scale of the noise, in units of the exact sums. */
    double sigma();

    /** Returns how far one user can move the exact sums, in Euclidean norm. */
    double sensitivity();

    /** Returns what one draw costs, by OpenDP's map for the noise that is drawn. */
    PrivacyCost cost();

    /** Adds further public fields to the DRAW row. They may depend on the public length, never on a sum. */
    void describe(ObjectNode draw, E exact);

    /**
     * Returns how many bytes the probe for disk space writes. The probe can be seen, so the number depends on
     * public values only.
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
