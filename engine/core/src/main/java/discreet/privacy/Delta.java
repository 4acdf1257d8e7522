package discreet.privacy;

/**
 * Counts a charged probability of failure as a whole number of units of 2^-62, rounded up. Deltas add under
 * composition. A sum above 1 becomes 1, which no budget admits.
 *
 * @param units delta times 2^62, between 0 and 2^62
 */
public record Delta(long units) implements Comparable<Delta> {

    public static final Delta ZERO = new Delta(0);

    private static final int SCALE = 62;
    private static final long ONE = 1L << SCALE;

    public Delta {
        if (units < 0 || units > ONE) {
            throw new IllegalArgumentException("delta must be between 0 and 1. Provided units: " + units);
        }
    }

    /** Returns the smallest multiple of a unit that is not below {@code delta}. */
    public static Delta roundedUp(double delta) {
        if (!(delta >= 0 && delta <= 1)) {
            throw new IllegalArgumentException("delta must be between 0 and 1. Provided value: " + delta);
        }
        return new Delta((long) Math.ceil(Math.scalb(delta, SCALE)));
    }

    /**
     * Returns an equal part of {@code delta} in whole units, rounded down. That many parts together are not
     * above it.
     */
    public static Delta part(double delta, int parts) {
        long units = roundedUp(delta).units - 1; // not above delta, whichever way its last bits fall
        return new Delta(Math.max(0, units) / parts);
    }

    /** Returns an equal part in whole units, rounded down. */
    public Delta dividedBy(int parts) {
        return new Delta(units / parts);
    }

    /** Adds two deltas, as composition does. */
    public Delta plus(Delta other) {
        return new Delta(units > ONE - other.units ? ONE : units + other.units);
    }

    /** Returns what is left after {@code other}, which must not be larger. A sum that reached 1 stays 1. */
    Delta minus(Delta other) {
        return units == ONE ? this : new Delta(units - other.units);
    }

    public boolean isZero() {
        return units == 0;
    }

    /** Returns a double that is never below the exact value. */
    public double toDouble() {
        return Math.scalb(Unsigned.notBelow(units), -SCALE);
    }

    /**
     * Returns what is left of {@code delta} after this one is spent, never above the true difference. The
     * result is exactly {@code delta} if this is zero, and is not positive if nothing is left.
     */
    double leftOf(double delta) {
        return isZero() ? delta : Math.nextDown(delta - toDouble());
    }

    @Override
    public int compareTo(Delta other) {
        return Long.compare(units, other.units);
    }

    @Override
    public String toString() {
        return "delta " + toDouble();
    }
}
