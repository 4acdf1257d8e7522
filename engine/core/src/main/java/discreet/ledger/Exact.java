package discreet.ledger;

/**
 * Wraps an exact sum over private rows that has not been released. Only this package can read its values, so
 * that code which uses values before their release does not compile (see {@link Released}).
 */
public final class Exact {

    private static final long LARGEST = 1L << 62;

    private final long[] sums;

    private Exact(long[] sums) {
        this.sums = sums;
    }

    /** Takes {@code sums} over without copying. The caller must not use the array again. */
    public static Exact of(long[] sums) {
        return new Exact(sums);
    }

    /** Clamps a sum to +-2^62. Clamping moves no two sums further apart, so the sensitivity stands. */
    static long clamped(long sum) {
        return Math.max(-LARGEST, Math.min(LARGEST, sum));
    }

    public int length() {
        return sums.length;
    }

    long[] sums() {
        return sums;
    }

    /** Returns the length alone, because a value here would be a release. */
    @Override
    public String toString() {
        return "Exact[" + sums.length + " sums]";
    }
}
