package discreet.evaluate;

import java.util.function.DoubleUnaryOperator;

/**
 * Surrounds a released figure with an interval for the exact one, which noise hides.
 *
 * @param value the best estimate
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Interval(double value, double low, double high) {

    /** Probability with which the interval covers the exact figure, for every exact figure. */
    public static final double COVERAGE = .95;

    /** Quantile of the normal distribution at (1 + COVERAGE) / 2. */
    private static final double DEVIATIONS = 1.959963984540054;

    /** Returns the interval of an increasing function of the figure. */
    Interval map(DoubleUnaryOperator increasing) {
        return new Interval(
                increasing.applyAsDouble(value), increasing.applyAsDouble(low), increasing.applyAsDouble(high));
    }

    /**
     * Returns the interval of a count with added noise of this standard deviation. The interval is never
     * negative.
     */
    public static Interval count(double noisy, double sigma) {
        return new Interval(
                Math.max(0, noisy), Math.max(0, noisy - DEVIATIONS * sigma), Math.max(0, noisy + DEVIATIONS * sigma));
    }

    /**
     * Returns the interval of the mean of a metric in [0, 1], from its noisy sum about 1/2 and the noisy
     * number of users.
     *
     * <p>For the exact mean, 1/2 + t, the difference {@code sum - t users} is normal with mean 0 and variance
     * {@code sigma^2 (1 + t^2)}. The interval contains each t for which the difference is within 1.96
     * standard deviations. It therefore covers the exact t in 95 % of all releases (Fieller, "Some Problems
     * in Interval Estimation", 1954). These t are the solutions of a quadratic inequality. If the number of
     * users does not stand out from its noise, all numbers may be solutions, and the interval is then [0, 1].
     *
     * @param sigma standard deviation of the noise, the same in the sum and in the number
     */
    public static Interval mean(double sum, double users, double sigma) {
        double reach = DEVIATIONS * sigma;
        double square = users * users - reach * reach;
        double value = users > 0 ? within(sum / users) : .5;
        if (!(users > 0 && square > 0)) {
            return new Interval(value, 0, 1);
        }
        double middle = sum * users / square;
        double half = reach * Math.sqrt(sum * sum + square) / square;
        return new Interval(value, within(middle - half), within(middle + half));
    }

    /** Returns 1/2 + t, clipped to [0, 1]. */
    private static double within(double t) {
        return Math.min(1, Math.max(0, .5 + t));
    }
}
