package discreet.ledger;

import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.util.regex.Pattern;

/**
 * Declares a vector that a release is going to draw, with what it may cost.
 *
 * @param name {@code [a-z][a-z0-9-]{0,31}}, without a dot, so that file names divide in one way only
 * @param rho what one draw may cost
 * @param delta what one draw may cost, 0 for Gaussian noise alone
 */
public record PlannedVector(String name, Rho rho, Delta delta) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public PlannedVector {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("The name of a vector must match " + NAME + ". Provided value: " + name);
        }
        if (rho.isZero()) {
            throw new IllegalArgumentException("The rho of vector " + name + " must be > 0.");
        }
    }

    /** Declares a vector of Gaussian noise alone, which costs no delta. */
    public PlannedVector(String name, Rho rho) {
        this(name, rho, Delta.ZERO);
    }

    PrivacyCost price() {
        return new PrivacyCost(rho, delta);
    }
}
