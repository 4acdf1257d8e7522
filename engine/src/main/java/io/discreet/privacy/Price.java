package io.discreet.privacy;

import io.discreet.noise.NoiseException;
import io.discreet.noise.Zcdp;

/** What releases cost together: approximate zero-concentrated differential privacy with rho and delta. */
public record Price(Rho rho, Delta delta) {

    public static final Price NOTHING = new Price(Rho.ZERO, Delta.ZERO);

    public Price plus(Price other) {
        return new Price(rho.plus(other.rho), delta.plus(other.delta));
    }

    /** Whether neither rho nor delta is above the other's. */
    public boolean isWithin(Price other) {
        return rho.compareTo(other.rho) <= 0 && delta.compareTo(other.delta) <= 0;
    }

    /** The larger rho with the larger delta. */
    Price largest(Price other) {
        return new Price(
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
