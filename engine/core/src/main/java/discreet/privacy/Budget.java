package discreet.privacy;

import discreet.InputException;
import discreet.noise.NoiseException;
import discreet.noise.Zcdp;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Limits a user's total privacy loss to (epsilon, delta). It is the cap of a population, or the limit on what
 * one release may cost.
 *
 * @param epsilon finite, above 0
 * @param delta above 0, below 1
 */
public record Budget(double epsilon, double delta) {

    /** @throws discreet.InputException if epsilon or delta is out of range */
    public Budget {
        if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new InputException("Cannot set a budget: `epsilon` must be > 0 and finite. Provided value: " + epsilon
                    + ". Give another number.");
        }
        if (!(delta > 0 && delta < 1)) {
            throw new InputException("Cannot set a budget: `delta` must be > 0 and < 1. Provided value: " + delta
                    + ". Give another number.");
        }
    }

    /**
     * Returns whether releases that cost {@code rho} and {@code charged} in all stay within this budget. They
     * do if OpenDP's epsilon for rho, at the delta that is left, is not above epsilon. If no delta is
     * charged, the delta that is left is exactly this delta, with nothing subtracted or rounded.
     */
    public boolean admits(Rho rho, Delta charged) {
        if (rho.equals(Rho.MAX)) {
            return false;
        }
        return new PrivacyCost(rho, charged).epsilon(delta) <= epsilon;
    }

    /**
     * Returns the largest rho of all releases together, rounded down.
     * {@code admits(largestRho(), Delta.ZERO)} holds.
     */
    public Rho largestRho() {
        return largestRho(Delta.ZERO);
    }

    /**
     * Returns the largest rho that is admitted when {@code charged} of delta is already spent, or zero if
     * there is none.
     */
    public Rho largestRho(Delta charged) {
        double left = charged.leftOf(delta);
        if (!(left > 0)) {
            return Rho.ZERO;
        }
        long units = Rho.roundedDown(Zcdp.largestRho(epsilon, left)).units();
        // OpenDP bisects in both directions. Whatever the last bits of one direction are, the other must
        // admit the result.
        for (long step = 1; units > 0 && !admits(new Rho(units), charged); step *= 2) {
            units = Math.max(0, units - step);
        }
        return new Rho(units);
    }

    /**
     * Returns {@link #largestRho(Delta)} and refuses it if it is below {@code least}.
     *
     * @param doing completes "Cannot", such as "train"
     * @param use completes "epsilon is too small to", such as "split across three releases"
     * @throws InputException that names the smallest epsilon that buys {@code least} at this delta
     */
    public Rho largestRho(Delta charged, Rho least, String doing, String use) {
        Rho largest = largestRho(charged);
        if (largest.compareTo(least) >= 0) {
            return largest;
        }
        String cannot = "Cannot " + doing + ": `epsilon` " + epsilon;
        double minimum = new PrivacyCost(least, charged).epsilon(delta);
        if (minimum == Double.POSITIVE_INFINITY) {
            throw new InputException(cannot + " is too small to " + use + ", because delta " + delta
                    + " is used up. Ask for a larger delta.");
        }
        BigDecimal rounded = BigDecimal.valueOf(minimum).round(new MathContext(2, RoundingMode.UP));
        if (rounded.doubleValue() <= epsilon) {
            throw new InputException(cannot + " is too large to be converted to rho. Ask for one below 10,000.");
        }
        throw new InputException(cannot + " is too small to " + use + ". The minimum at delta " + delta + " is "
                + rounded.stripTrailingZeros() + ".");
    }

    /**
     * Returns the largest epsilon, at this delta, that one more release can ask for when {@code charged} is
     * spent, or 0 if there is none.
     */
    public double epsilonLeft(PrivacyCost charged) {
        return epsilonLeft(charged, Delta.ZERO);
    }

    /** Returns the same for a release that is also charged {@code next} of delta directly. */
    public double epsilonLeft(PrivacyCost charged, Delta next) {
        if (charged.equals(PrivacyCost.NOTHING)) {
            return next.leftOf(delta) > 0 ? epsilon : 0;
        }
        Rho largest = largestRho(charged.delta().plus(next));
        if (largest.compareTo(charged.rho()) <= 0) {
            return 0;
        }
        return largestEpsilon(largest.minus(charged.rho()), next.leftOf(delta));
    }

    /**
     * Returns the largest epsilon, at this delta, whose {@link #largestRho} is not above {@code rho}, or 0 if
     * there is none.
     */
    public static double largestEpsilon(Rho rho, double delta) {
        double asked = new PrivacyCost(rho, Delta.ZERO).epsilon(delta);
        // Epsilon is rounded up, but what it buys must not be a unit more than rho.
        for (double step = 1e-15; asked > 0 && buys(rho.plus(new Rho(1)), asked, delta); step *= 2) {
            asked *= 1 - step;
        }
        return asked;
    }

    /**
     * Returns whether epsilon buys this rho. It takes a hundredth of the time that {@link #largestRho} takes
     * to say what epsilon buys.
     */
    private static boolean buys(Rho rho, double epsilon, double delta) {
        try {
            return Zcdp.delta(rho.toDouble(), epsilon) <= delta;
        } catch (NoiseException e) {
            return false; // what OpenDP cannot convert is not bought
        }
    }
}
