package discreet.privacy;

/**
 * States what one or more releases cost together, as the rho and delta of approximate zero-concentrated
 * differential privacy.
 */
public record PrivacyCost(Rho rho, Delta delta) {

    public static final PrivacyCost NOTHING = new PrivacyCost(Rho.ZERO, Delta.ZERO);

    /** Adds two costs, as composition does. */
    public PrivacyCost plus(PrivacyCost other) {
        return new PrivacyCost(rho.plus(other.rho), delta.plus(other.delta));
    }

    /**
     * Returns what is left after {@code other} is given back, which must not be larger. A sum that did not
     * fit stays the largest value, since its true value is unknown.
     */
    PrivacyCost minus(PrivacyCost other) {
        return new PrivacyCost(rho.equals(Rho.MAX) ? rho : rho.minus(other.rho), delta.minus(other.delta));
    }

    /** Returns whether neither rho nor delta is above the other's. */
    public boolean isWithin(PrivacyCost other) {
        return rho.compareTo(other.rho) <= 0 && delta.compareTo(other.delta) <= 0;
    }

    /** Returns the larger rho with the larger delta. */
    PrivacyCost max(PrivacyCost other) {
        return new PrivacyCost(
                rho.compareTo(other.rho) < 0 ? other.rho : rho, delta.compareTo(other.delta) < 0 ? other.delta : delta);
    }
}
