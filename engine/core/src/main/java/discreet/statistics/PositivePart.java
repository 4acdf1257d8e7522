package discreet.statistics;

/** Estimates a count from its noisy value, given that counts cannot be negative. */
final class PositivePart {
    /**
     * If the count is more than this number of standard deviations below 0, the tail of the normal
     * distribution is evaluated as a continued fraction.
     */
    private static final double TAIL = 3;

    /**
     * If the count is more than this number of standard deviations above 0, the part of the distribution
     * below 0 is too small to change a double.
     */
    private static final double CERTAIN = 9;

    private static final int LEVELS = 150;

    private PositivePart() {}

    /**
     * Returns the mean of C given C &gt;= 0, for C normal with mean {@code c} and standard deviation
     * {@code sd}. It is {@code c + sd phi(z) / Q(z)} with z = -c / sd. The result is always above 0, with
     * relative error below 1e-12.
     *
     * <p>The tail uses Laplace's continued fraction {@code phi / Q = z + 1 / (z + 2 / (z + 3 / ...))},
     * without the leading z, which cancels. Elsewhere the method uses the series of the error function whose
     * terms have one sign (Abramowitz and Stegun 7.1.6).
     *
     * @param sd &gt; 0
     */
    static double mean(double c, double sd) {
        double z = -c / sd;
        if (z > TAIL) {
            double fraction = 0;
            for (int level = LEVELS; level >= 1; level--) {
                fraction = level / (z + fraction);
            }
            return sd * fraction;
        }
        if (z < -CERTAIN) {
            return c;
        }
        double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        // Q(z) = 1/2 - phi(z) (z + z^3 / 3 + z^5 / (3 5) + ...)
        double term = z;
        double sum = z;
        for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
            term *= z * z / (2 * n + 1);
            sum += term;
        }
        return c + sd * density / (.5 - density * sum);
    }
}
