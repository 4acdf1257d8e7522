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

    /**
     * Folds a sum into [-2^62, 2^62], so that every sum can get noise and none is an error.
     *
     * <p>A sum within that range stays the same. Beyond it the value runs back, as a triangle wave with a
     * period of 2^64 does: 2^62 + 1 becomes 2^62 - 1, and 2^63 becomes 0. Additions of sums wrap modulo 2^64,
     * and the wave is the same for all numbers that are equal modulo 2^64. So it can be taken of a wrapped
     * sum, and gives what it would give for the true one.
     *
     * <p><b>Sensitivity.</b> The wave is continuous and made of pieces of slope 1 and -1, so |f(a) - f(b)|
     * &lt;= |a - b| for all true sums a and b, whether or not either of them fits into a long. Folding each
     * sum therefore moves no two vectors further apart in any norm, changes no more of them, and keeps 0,
     * which is the sum of a key that nobody has. The sensitivity that is charged holds for any number of
     * users. Clamping a wrapped sum would not do, because 2^63 - 1 and 2^63, which differ by 1, wrap to the
     * two ends and would be clamped to 2^62 and -2^62.
     *
     * @param sum the true sum modulo 2^64
     */
    static long folded(long sum) {
        // Modulo 2^64, both 2^63 - sum and -2^63 - sum
        return sum > LARGEST || sum < -LARGEST ? Long.MIN_VALUE - sum : sum;
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
