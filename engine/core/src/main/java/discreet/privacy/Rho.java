package discreet.privacy;

import discreet.noise.NoiseException;
import discreet.noise.Zcdp;

/**
 * Counts a privacy loss under zero-concentrated differential privacy as a whole number of units of 2^-40.
 *
 * <p>Integers make a ledger's sums exact and independent of order, and sums of doubles are neither. Charges
 * are rounded up and budgets down, so that rounding costs budget (at most 10^-12 each) and never privacy.
 * Losses add under composition (Bun and Steinke, "Concentrated Differential Privacy", 2016, lemma 1.7,
 * adaptive).
 *
 * @param units rho times 2^40, not negative. {@link Long#MAX_VALUE} stands for everything that does not fit,
 *     and no budget admits it
 */
public record Rho(long units) implements Comparable<Rho> {

    public static final Rho ZERO = new Rho(0);

    /** A loss that is larger than the units can hold, about 8.4 million. Sums saturate at it. */
    public static final Rho MAX = new Rho(Long.MAX_VALUE);

    private static final int SCALE = 40;

    public Rho {
        if (units < 0) {
            throw new IllegalArgumentException("rho must be >= 0. Provided units: " + units);
        }
    }

    /** Rounds a charge up to the smallest multiple of a unit that is not below {@code rho}. */
    public static Rho roundedUp(double rho) {
        // Scaling by a power of two is exact, so that ceil is the only rounding.
        double units = Math.ceil(Math.scalb(checked(rho), SCALE));
        return units >= 0x1p63 ? MAX : new Rho((long) units);
    }

    /** Rounds a budget down to the largest multiple of a unit that is not above {@code rho}. */
    public static Rho roundedDown(double rho) {
        double units = Math.floor(Math.scalb(checked(rho), SCALE));
        return units >= 0x1p63 ? new Rho(Long.MAX_VALUE - 1) : new Rho((long) units);
    }

    private static double checked(double rho) {
        if (!(rho >= 0 && rho < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("rho must be >= 0 and finite. Provided value: " + rho);
        }
        return rho;
    }

    /** Adds two losses, as composition does. A sum that does not fit is {@link #MAX}. */
    public Rho plus(Rho other) {
        long sum = units + other.units;
        return sum < 0 ? MAX : new Rho(sum);
    }

    /** Returns what is left after {@code other}, which must not be larger. */
    public Rho minus(Rho other) {
        return new Rho(units - other.units);
    }

    /**
     * Returns the loss of {@code factor} releases of this loss each. A product that does not fit is
     * {@link #MAX}.
     */
    public Rho times(int factor) {
        if (factor < 0) {
            throw new IllegalArgumentException("factor must be >= 0. Provided value: " + factor);
        }
        return factor != 0 && units > Long.MAX_VALUE / factor ? MAX : new Rho(units * factor);
    }

    /** Divides this loss into equal parts, rounded up. {@link #MAX} stays {@link #MAX}. */
    public Rho dividedUp(int parts) {
        return equals(MAX) ? MAX : new Rho(units / parts + (units % parts == 0 ? 0 : 1));
    }

    public Rho max(Rho other) {
        return units < other.units ? other : this;
    }

    /**
     * Returns the epsilon of this loss at a delta, as OpenDP converts it. The result is infinite if there is
     * none.
     *
     * @param delta at least 0
     */
    public double epsilon(double delta) {
        if (isZero()) {
            return 0;
        }
        try {
            return delta > 0 ? Zcdp.epsilon(toDouble(), delta) : Double.POSITIVE_INFINITY;
        } catch (NoiseException e) {
            // OpenDP cannot convert rho in the millions, and no budget pays for it.
            return Double.POSITIVE_INFINITY;
        }
    }

    public boolean isZero() {
        return units == 0;
    }

    /** Returns the smallest double that is not below the exact value. It is exact below 2^13. */
    public double toDouble() {
        return Math.scalb(Unsigned.notBelow(units), -SCALE);
    }

    @Override
    public int compareTo(Rho other) {
        return Long.compare(units, other.units);
    }

    @Override
    public String toString() {
        return "rho " + toDouble();
    }
}
