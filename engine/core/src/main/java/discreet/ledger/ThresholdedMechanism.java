package discreet.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.noise.ThresholdedGaussian;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;

/**
 * Sums by keys that are private: noise on each of them, and only the keys whose noisy value is above a threshold come out. How many keys
 * there were before is said nowhere: not in DRAW, and not by how much room is asked for.
 */
record ThresholdedMechanism(ThresholdedGaussian gaussian, Sensitivity sensitivities) implements Mechanism<ExactMap> {

    /** Room for some 400,000 keys of 16 characters: more than that is not found out before DRAW. */
    static final long ROOM_BYTES = 1L << 24;

    /**
     * What one person can change, proved by the caller.
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
    public long room(SealedHeader header, ExactMap exact) {
        return ROOM_BYTES;
    }

    @Override
    public Released draw(SealedHeader header, ExactMap exact) {
        return Released.map(header, gaussian.release(exact.keys(), exact.sums()));
    }
}
