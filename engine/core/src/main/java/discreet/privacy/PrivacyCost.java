package discreet.privacy;

import discreet.noise.NoiseException;
import discreet.noise.Zcdp;

/** What releases cost together: approximate zero-concentrated differential privacy with rho and delta. */
public record PrivacyCost(Rho rho, Delta delta) {

    public static final PrivacyCost NOTHING = new PrivacyCost(Rho.ZERO, Delta.ZERO);

    public PrivacyCost plus(PrivacyCost other) {
        return new PrivacyCost(rho.plus(other.rho), delta.plus(other.delta));
    }

    /** Whether neither rho nor delta is above the other's. */
    public boolean isWithin(PrivacyCost other) {
        return rho.compareTo(other.rho) <= 0 && delta.compareTo(other.delta) <= 0;
    }

    /** The larger rho with the larger delta. */
    PrivacyCost largest(PrivacyCost other) {
        return new PrivacyCost(
                rho.compareTo(other.rho) < 0 ? other.rho : rho, delta.compareTo(other.delta) < 0 ? other.delta : delta);
    }

    /**
     * The epsilon of this price at a total delta of {@code atDelta}, by OpenDP: epsilon of rho at what the charged delta
     * leaves. Infinite if it leaves nothing.
     */
    public double epsilon(double atDelta) {
        double left = delta.leftOf(atDelta);
        if (rho.isZero()) {
            return left >= 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        if (!(left > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            return Zcdp.epsilon(rho.toDouble(), left);
        } catch (NoiseException e) {
            return Double.POSITIVE_INFINITY; // A price that OpenDP cannot name (rho in the millions) is one that nobody
            // pays.
        }
    }
}
