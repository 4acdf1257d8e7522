package discreet.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.noise.ThresholdedGaussian;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;

/**
 * Adds noise to sums whose keys are private, and releases only the keys whose noisy value is above a
 * threshold. The number of keys before the threshold appears nowhere, neither in DRAW nor in the room that is
 * asked for.
 */
record ThresholdedMechanism(ThresholdedGaussian gaussian, Sensitivity sensitivities) implements Mechanism<ExactMap> {

    /**
     * Room for some 400,000 keys of 16 characters. If more is needed, a full disk is found only after DRAW.
     */
    static final long ROOM_BYTES = 1L << 24;

    /**
     * Bounds what one user can change. The caller proves it.
     *
     * @param keys how many keys
     * @param l2 Euclidean norm
     * @param lInf largest change of one key
     */
    record Sensitivity(int keys, double l2, double lInf) {}

    static ThresholdedMechanism of(PlannedVector vector, Sensitivity sensitivity) {
        return Mechanism.forVector(
                vector,
                () -> new ThresholdedMechanism(
                        ThresholdedGaussian.costingAtMost(
                                sensitivity.keys(),
                                sensitivity.l2(),
                                sensitivity.lInf(),
                                vector.rho().toDouble(),
                                vector.delta().toDouble()),
                        sensitivity));
    }

    @Override
    public double sigma() {
        return gaussian.sigma();
    }

    @Override
    public double sensitivity() {
        return sensitivities.l2();
    }

    @Override
    public PrivacyCost cost() {
        return new PrivacyCost(Rho.roundedUp(gaussian.rho()), Delta.roundedUp(gaussian.delta()));
    }

    @Override
    public void describe(ObjectNode draw, ExactMap exact) {
        draw.put("keys", sensitivities.keys())
                .put("largest", sensitivities.lInf())
                .put("threshold", gaussian.threshold());
    }

    @Override
    public long roomBytes(SealedHeader header, ExactMap exact) {
        return ROOM_BYTES;
    }

    @Override
    public Released draw(SealedHeader header, ExactMap exact) {
        return Released.map(header, gaussian.release(exact.keys(), exact.sums()));
    }
}
