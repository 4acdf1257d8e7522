package discreet.forecast;

/** Evaluates the standard normal distribution. */
final class Normal {
    private Normal() {}

    /**
     * Returns the value below which the given share of the distribution lies, by bisection of {@link #below}.
     */
    static double quantile(double share) {
        double low = -9;
        double high = 9;
        for (int step = 0; step < 60; step++) {
            double middle = (low + high) / 2;
            if (below(middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /**
     * Returns the share of the distribution below a value, by Abramowitz and Stegun, "Handbook of
     * Mathematical Functions" (1964), 26.2.17. The error is at most 7.5e-8.
     */
    static double below(double value) {
        double t = 1 / (1 + .2316419 * Math.abs(value));
        double tail = Math.exp(-value * value / 2)
                / Math.sqrt(2 * Math.PI)
                * t
                * (.319381530 + t * (-.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return value >= 0 ? 1 - tail : tail;
    }
}
