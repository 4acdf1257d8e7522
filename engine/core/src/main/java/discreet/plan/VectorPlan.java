package discreet.plan;

import discreet.ledger.PlannedVector;
import discreet.noise.DiscreteGaussian;
import discreet.privacy.Delta;
import discreet.privacy.Rho;

/**
 * Describes one vector of a training, as it will be charged and drawn.
 *
 * @param vector which one it is
 * @param rho what is charged for it
 * @param sensitivity how far one user moves the integer sums, in Euclidean norm
 * @param one the integer that stands for 1 in the sums
 */
public record VectorPlan(VectorName vector, Rho rho, double sensitivity, long one) {
    /** Returns its name in the ledger. */
    public String name() {
        return vector.text();
    }

    /** Returns what the ledger reserves for this vector. */
    public PlannedVector reserved() {
        return reserved(Delta.ZERO);
    }

    /** Returns the same with a delta for the ids that are released with the values. */
    PlannedVector reserved(Delta forIds) {
        return new PlannedVector(name(), rho, forIds);
    }

    /**
     * Returns OpenDP's sigma in units of the integer sums. {@link discreet.ledger.ChargedRelease#release}
     * draws with it.
     */
    public double sigma() {
        return DiscreteGaussian.costingAtMost(sensitivity, rho.toDouble()).sigma();
    }

    /**
     * Returns the standard deviation of the noise on each value, in units of the value, which are users or
     * products of rows of norm 1.
     */
    public double noise() {
        return sigma() / one;
    }
}
