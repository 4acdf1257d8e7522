package discreet.privacy;

import discreet.InputException;
import discreet.noise.NoiseException;
import discreet.noise.Zcdp;

/**
 * An (epsilon, delta) that a person's total privacy loss must not pass: the cap of a population, or what one training may
 * cost.
 *
 * @param epsilon finite, above 0
 * @param delta above 0, below 1
 */
public record Budget(double epsilon, double delta) {

    /** @throws discreet.InputException if epsilon or delta is out of range */
    public Budget {
        if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new InputException("epsilon must be > 0 and finite. Provided value: " + epsilon);
        }
        if (!(delta > 0 && delta < 1)) {
            throw new InputException("delta must be > 0 and < 1. Provided value: " + delta);
        }
    }

    /**
     * Whether releases that cost {@code rho} and {@code charged} in all keep this promise: OpenDP's epsilon for rho at what
     * is left of delta is not above epsilon. With no delta charged that is exactly delta, nothing subtracted and rounded.
     */
    public boolean admits(Rho rho, Delta charged) {
        if (rho.equals(Rho.MAX)) {
            return false;
        }
        return new PrivacyCost(rho, charged).epsilon(delta) <= epsilon;
    }

    /** The largest rho of all releases together, rounded down: {@code admits(largestRho(), Delta.ZERO)} holds. */
    public Rho largestRho() {
        return largestRho(Delta.ZERO);
    }

    /** The largest rho that is admitted when {@code charged} of delta is spent already; zero if there is none. */
    public Rho largestRho(Delta charged) {
        double left = charged.leftOf(delta);
        if (!(left > 0)) {
            return Rho.ZERO;
        }
        long units = Rho.roundedDown(Zcdp.largestRho(epsilon, left)).units();
        // OpenDP bisects in both directions; whatever the last bits of one say, the other has to admit the result.
        for (long step = 1; units > 0 && !admits(new Rho(units), charged); step *= 2) {
            units = Math.max(0, units - step);
        }
        return new Rho(units);
    }

    /** The largest epsilon, at this delta, that one more training can ask for when {@code charged} is spent; 0 if there is none. */
    public double epsilonLeft(PrivacyCost charged) {
        return epsilonLeft(charged, Delta.ZERO);
    }

    /** The same for a training that is charged {@code next} of delta as such. */
    public double epsilonLeft(PrivacyCost charged, Delta next) {
        if (charged.equals(PrivacyCost.NOTHING)) {
            return next.leftOf(delta) > 0 ? epsilon : 0;
        }
        Rho most = largestRho(charged.delta().plus(next));
        if (most.compareTo(charged.rho()) <= 0) {
            return 0;
        }
        return largestEpsilon(most.minus(charged.rho()), next.leftOf(delta));
    }

    /** The largest epsilon, at this delta, whose {@link #largestRho} is not above {@code rho}; 0 if there is none. */
    public static double largestEpsilon(Rho rho, double delta) {
        double asked = new PrivacyCost(rho, Delta.ZERO).epsilon(delta);
        // Epsilon is rounded up: what it buys must not be a unit more.
        for (double step = 1e-15; asked > 0 && buys(rho.plus(new Rho(1)), asked, delta); step *= 2) {
            asked *= 1 - step;
        }
        return asked;
    }

    /** In a hundredth of the time that {@link #largestRho} takes to say what is bought. */
    private static boolean buys(Rho rho, double epsilon, double delta) {
        try {
            return Zcdp.delta(rho.toDouble(), epsilon) <= delta;
        } catch (NoiseException e) {
            return false; // a price that cannot be named is not paid
        }
    }
}
