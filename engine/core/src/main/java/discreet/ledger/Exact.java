package discreet.ledger;

/**
 * An exact sum over private rows that has not been released. Its values are readable inside this package alone, so that
 * what is not released does not compile: see {@link Released}.
 */
public final class Exact {

    private static final long LARGEST = 1L << 62;

    private final long[] sums;

    private Exact(long[] sums) {
        this.sums = sums;
    }

    /** Takes {@code sums} over without copying: the caller must not use the array again. */
    public static Exact of(long[] sums) {
        return new Exact(sums);
    }

    /** Within +-2^62: clamping moves no two sums further apart, so the sensitivity stands. */
    static long clamped(long sum) {
        return Math.max(-LARGEST, Math.min(LARGEST, sum));
    }

    public int length() {
        return sums.length;
    }

    long[] sums() {
        return sums;
    }

    /** The length alone: a value here would be a release. */
    @Override
    public String toString() {
        return "Exact[" + sums.length + " sums]";
    }
}
