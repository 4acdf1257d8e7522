package discreet.history;

import java.io.Serializable;

/**
 * Scales ratings between a declared range and [-1, 1]. The operator declares the range, and it is never
 * observed from data. Low maps to -1 and high to 1. Ratings outside the range are clipped to its ends.
 *
 * @param low finite
 * @param high finite, above {@code low}
 */
public record RatingRange(double low, double high) implements Serializable {

    /** The range onto which ratings are scaled. */
    public static final RatingRange UNIT = new RatingRange(-1, 1);

    /** @throws IllegalArgumentException if the range is empty or not finite */
    public RatingRange {
        if (!Double.isFinite(low) || !Double.isFinite(high) || !(low < high) || !Double.isFinite(high - low)) {
            throw new IllegalArgumentException("the range of ratings must be two finite numbers, the smaller one first."
                    + " Provided values: " + low + ", " + high);
        }
    }

    /** Returns a rating as a number in [-1, 1]. The function is total, and NaN gives 0. */
    public double unit(double rating) {
        double unit = (rating - low) / (high - low) * 2 - 1;
        return Double.isNaN(unit) ? 0 : Math.max(-1, Math.min(1, unit));
    }

    /**
     * Returns the rating that a number in [-1, 1] stands for, always inside the range. The function is total,
     * and NaN gives the middle.
     */
    public double rating(double unit) {
        double bounded = Double.isNaN(unit) ? 0 : Math.max(-1, Math.min(1, unit));
        return Math.max(low, Math.min(high, low + (bounded + 1) / 2 * (high - low)));
    }
}
