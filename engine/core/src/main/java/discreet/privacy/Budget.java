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
 * <p>Delta is split, once and for all. {@code deltaForItems} pays for item ids that are selected privately,
 * and the rest is the delta at which the rho of Gaussian noise is converted to epsilon. Each part is a limit
 * of its own.
 *
 * <p><b>Proof.</b> Everything charged stays within rho and within {@code deltaForItems}, and both limits are
 * fixed before anything is released. So the privacy filter of approximate zCDP applies ({@link Composition}).
 * Except with probability {@code deltaForItems}, everything released is rho-zCDP. OpenDP converts rho to
 * epsilon at the rest of delta. The two probabilities add up to {@code delta}.
 *
 * <p>A single limit that lets rho take the delta that is left would be no filter. An operator who chooses
 * between rho and delta in the light of what was released could then come close to twice the delta.
 *
 * @param epsilon finite, above 0
 * @param delta above 0, below 1
 * @param deltaForItems what releases may be charged of delta directly, below {@code delta}
 */
public record Budget(double epsilon, double delta, Delta deltaForItems) {
    /** The part of delta for item ids where the operator does not choose one. */
    private static final int USUAL_PART = 10;

    /** @throws discreet.InputException if epsilon or delta is out of range */
    public Budget {
        requireEpsilon(epsilon);
        if (!(delta > 0 && delta < 1)) {
            throw new InputException("Cannot set a budget: `delta` must be > 0 and < 1. Provided value: " + delta
                    + ". Give another number.");
        }
        if (!(deltaForItems.leftOf(delta) > 0)) {
            throw new InputException("Cannot set a budget: `deltaForItems` must be below `delta` " + delta
                    + ". Provided value: " + deltaForItems.toDouble() + ". Give a smaller number.");
        }
    }

    /** @throws InputException if the number is no price */
    public static void requireEpsilon(double epsilon) {
        if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new InputException(
                    "set a budget",
                    "`epsilon` must be > 0 and finite. Provided value: " + epsilon + ". Give another number.");
        }
    }

    /** Creates a budget for releases that are charged no delta directly, as over listed items. */
    public Budget(double epsilon, double delta) {
        this(epsilon, delta, Delta.ZERO);
    }

    /** Returns a budget of which a tenth of delta is for item ids that are selected privately. */
    public static Budget withItems(double epsilon, double delta) {
        return new Budget(epsilon, delta, usualDeltaForItems(delta));
    }

    /** Returns a tenth of delta, rounded down. */
    public static Delta usualDeltaForItems(double delta) {
        return Delta.part(delta, USUAL_PART);
    }

    /** Returns the same deltas with another epsilon. */
    public Budget withEpsilon(double price) {
        return new Budget(price, delta, deltaForItems);
    }

    /** Returns the delta at which rho is converted. It is exactly {@code delta} if none is for items. */
    public double deltaForNoise() {
        return deltaForItems.leftOf(delta);
    }

    /**
     * Returns the epsilon of a cost, at this delta. The result is infinite if the cost's delta is above what
     * is set apart for items.
     */
    public double epsilon(PrivacyCost cost) {
        return cost.delta().compareTo(deltaForItems) > 0
                ? Double.POSITIVE_INFINITY
                : cost.rho().epsilon(deltaForNoise());
    }

    /**
     * Returns the epsilon, at this delta, of a cost under the replace-one relation. There each item id is
     * charged twice ({@link discreet.plan.ReplaceOneCost}), so twice {@code deltaForItems} is set apart. The
     * result is infinite if that leaves nothing for noise.
     */
    public double epsilonReplacingOne(PrivacyCost cost) {
        Delta twice = deltaForItems.plus(deltaForItems);
        double left = twice.leftOf(delta);
        return cost.delta().compareTo(twice) > 0 || !(left > 0)
                ? Double.POSITIVE_INFINITY
                : cost.rho().epsilon(left);
    }

    /** Returns whether releases that cost this in all stay within this budget. */
    public boolean admits(PrivacyCost total) {
        return !total.rho().equals(Rho.MAX) && epsilon(total) <= epsilon;
    }

    /** Returns whether this much of delta may be charged in all. */
    public boolean admits(Delta charged) {
        return charged.compareTo(deltaForItems) <= 0;
    }

    /**
     * Returns the largest rho of all releases together, rounded down, or zero if there is none. A cost of
     * this rho is admitted.
     */
    public Rho largestRho() {
        long units = Rho.roundedDown(Zcdp.largestRho(epsilon, deltaForNoise())).units();
        // OpenDP bisects in both directions. Whatever the last bits of one direction are, the other must
        // admit the result.
        for (long step = 1; units > 0 && !(new Rho(units).epsilon(deltaForNoise()) <= epsilon); step *= 2) {
            units = Math.max(0, units - step);
        }
        return new Rho(units);
    }

    /** Returns the cost of all releases together when this budget is spent, in both of its parts. */
    public PrivacyCost largestCost() {
        return new PrivacyCost(largestRho(), deltaForItems);
    }

    /**
     * Returns the part of the largest rho that a cost takes, between 0 and 1. Parts add up from release to
     * release, as rho does and epsilon does not. The part of delta that is set apart for item ids is a limit
     * of its own and does not count here.
     */
    public double share(PrivacyCost cost) {
        double all = largestRho().toDouble();
        return cost.rho().isZero() ? 0 : Math.min(1, cost.rho().toDouble() / all);
    }

    /**
     * Returns {@link #largestRho()} and refuses it if it is below {@code least}.
     *
     * @param doing completes "Cannot", such as "train". A caller may name another action with
     *     {@link InputException#during}
     * @param use completes "epsilon is too small to", such as "split across three vectors"
     * @throws InputException that names the smallest epsilon that buys {@code least} at this delta
     */
    public Rho largestRho(Rho least, String doing, String use) {
        Rho largest = largestRho();
        if (largest.compareTo(least) >= 0) {
            return largest;
        }
        String asked = "`epsilon` " + epsilon;
        double minimum = least.epsilon(deltaForNoise());
        BigDecimal rounded = minimum == Double.POSITIVE_INFINITY
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(minimum).round(new MathContext(2, RoundingMode.UP));
        if (rounded.doubleValue() <= epsilon) {
            throw new InputException(doing, asked + " is too large to be converted to rho. Ask for one below 10,000.");
        }
        throw new InputException(
                doing,
                asked + " is too small to " + use + ". The minimum at delta " + delta + " is "
                        + rounded.stripTrailingZeros() + ".");
    }

    /**
     * Returns the largest epsilon, at this delta, that one more release can ask for when {@code charged} is
     * spent, or 0 if there is none. Delta is not looked at, because it is a limit of its own
     * ({@link #admits(Delta)}).
     */
    public double epsilonLeft(PrivacyCost charged) {
        if (charged.rho().isZero()) {
            return epsilon;
        }
        Rho largest = largestRho();
        return largest.compareTo(charged.rho()) <= 0 ? 0 : largestEpsilon(largest.minus(charged.rho()));
    }

    /**
     * Returns the largest epsilon, at this delta, whose {@link #largestRho()} is not above {@code rho}, or 0
     * if there is none.
     */
    public double largestEpsilon(Rho rho) {
        double left = deltaForNoise();
        double asked = rho.epsilon(left);
        // Epsilon is rounded up, but what it buys must not be a unit more than rho.
        for (double step = 1e-15; asked > 0 && buys(rho.plus(new Rho(1)), asked, left); step *= 2) {
            asked *= 1 - step;
        }
        return asked;
    }

    /**
     * Returns whether epsilon buys this rho. It takes a hundredth of the time that {@link #largestRho()}
     * takes to say what epsilon buys.
     */
    private static boolean buys(Rho rho, double epsilon, double delta) {
        try {
            return Zcdp.delta(rho.toDouble(), epsilon) <= delta;
        } catch (NoiseException e) {
            return false; // what OpenDP cannot convert is not bought
        }
    }
}
