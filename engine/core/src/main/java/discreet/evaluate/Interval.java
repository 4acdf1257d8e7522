package discreet.evaluate;

import java.util.function.DoubleUnaryOperator;

/**
 * A released figure with the interval in which noise lets the exact one be.
 *
 * @param value the best guess
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Interval(double value, double low, double high) {

    /** How often the interval covers the exact figure, whatever that is. */
    public static final double COVERAGE = .95;

    /** Quantile of the normal distribution at (1 + COVERAGE) / 2. */
    private static final double DEVIATIONS = 1.959963984540054;

    /** The interval of an increasing function of the figure. */
    public Interval map(DoubleUnaryOperator increasing) {
        return new Interval(
                increasing.applyAsDouble(value), increasing.applyAsDouble(low), increasing.applyAsDouble(high));
    }

    /** A count that noise of this standard deviation was added to; never negative. */
    public static Interval count(double noisy, double sigma) {
        return new Interval(
                Math.max(0, noisy), Math.max(0, noisy - DEVIATIONS * sigma), Math.max(0, noisy + DEVIATIONS * sigma));
    }

    /**
     * The mean of a metric in [0, 1], from its noisy sum about 1/2 and the noisy number of people.
     *
     * <p>For the exact mean, 1/2 + t, the difference {@code sum - t people} is normal with mean 0 and variance {@code sigma^2
     * (1 + t^2)}. So the t for which it is within 1.96 of its deviations cover the exact one in 95 % of all releases: Fieller,
     * "Some Problems in Interval Estimation" (1954). They are the solutions of a quadratic inequality. Where the number of
     * people does not stand out from its noise they may be all numbers; then the interval is [0, 1], and says so.
     *
     * @param sigma standard deviation of the noise in the sum and in the number alike
     */
    public static Interval mean(double sum, double people, double sigma) {
        double reach = DEVIATIONS * sigma;
        double square = people * people - reach * reach;
        double value = people > 0 ? within(sum / people) : .5;
        if (!(people > 0 && square > 0)) {
            return new Interval(value, 0, 1);
        }
        double middle = sum * people / square;
        double half = reach * Math.sqrt(sum * sum + square) / square;
        return new Interval(value, within(middle - half), within(middle + half));
    }

    /** 1/2 + t as a metric. */
    private static double within(double t) {
        return Math.min(1, Math.max(0, .5 + t));
    }
}
