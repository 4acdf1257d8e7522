package discreet.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.noise.DiscreteGaussian;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;

/** Adds noise to each of the sums of a vector, whose length is public. */
record VectorMechanism(DiscreteGaussian gaussian, double sensitivity) implements Mechanism<Exact> {

    static VectorMechanism of(PlannedVector vector, double sensitivity) {
        return Mechanism.forVector(
                vector,
                () -> new VectorMechanism(
                        DiscreteGaussian.costingAtMost(sensitivity, vector.rho().toDouble()), sensitivity));
    }

    @Override
    public double sigma() {
        return gaussian.sigma();
    }

    @Override
    public PrivacyCost cost() {
        return new PrivacyCost(Rho.roundedUp(gaussian.rho(sensitivity)), Delta.ZERO);
    }

    @Override
    public void describe(ObjectNode draw, Exact exact) {
        draw.put("length", exact.length());
    }

    @Override
    public long roomBytes(SealedHeader header, Exact exact) {
        return SealedFile.bytes(header.ofLength(exact.length()));
    }

    @Override
    public Released draw(SealedHeader header, Exact exact) {
        long[] folded = exact.sums().clone();
        for (int i = 0; i < folded.length; i++) {
            folded[i] = Exact.folded(folded[i]);
        }
        return Released.vector(header.ofLength(folded.length), gaussian.release(folded));
    }
}
