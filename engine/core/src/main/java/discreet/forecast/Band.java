package discreet.forecast;

import java.util.Arrays;

/**
 * States the expected value of a metric as the mean over draws, with a band for the uncertainty from draws
 * and from the model of users.
 *
 * @param low lower end, at least 0
 * @param mean mean over the draws
 * @param high upper end, at most 1
 */
public record Band(double low, double mean, double high) {
    /** Standard deviations on either side, which cover about 95 % for draws alone. */
    private static final double DEVIATIONS = 2;

    public Band {
        if (!(low <= mean && mean <= high)) {
            throw new IllegalArgumentException(
                    "low, mean and high must be in this order. Provided values: " + low + ", " + mean + ", " + high);
        }
    }

    /**
     * Returns the band of some draws.
     *
     * @param draws one value per draw, at least one
     * @param errors standard error of each draw's value, from the users it was measured on
     * @param margin how much lower or higher the truth may be for reasons that no draw shows
     */
    static Band of(double[] draws, double[] errors, double margin) {
        double mean = Arrays.stream(draws).average().orElseThrow();
        double spread = draws.length < 2
                ? 0
                : Arrays.stream(draws)
                                .map(draw -> (draw - mean) * (draw - mean))
                                .sum()
                        / (draws.length - 1);
        double sampling =
                Arrays.stream(errors).map(error -> error * error).average().orElse(0);
        double half = DEVIATIONS * Math.sqrt(spread + sampling);
        return new Band(Math.max(0, mean - half - margin), mean, Math.min(1, mean + half + margin));
    }

    /** Returns whether a value is inside the band, ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
