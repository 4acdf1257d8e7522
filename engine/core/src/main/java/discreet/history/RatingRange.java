package discreet.history;

import java.io.Serializable;

/**
 * The range of ratings, declared by the operator and never observed: low stands for -1, high for 1, and whatever is outside counts as
 * the nearer end.
 *
 * @param low finite
 * @param high finite, above {@code low}
 */
public record RatingRange(double low, double high) implements Serializable {

    /** @throws IllegalArgumentException if the range is empty or not finite */
    public RatingRange {
        if (!Double.isFinite(low) || !Double.isFinite(high) || !(low < high) || !Double.isFinite(high - low)) {
            throw new IllegalArgumentException("the range of ratings must be two finite numbers, the smaller one first."
                    + " Provided values: " + low + ", " + high);
        }
    }

    /** A rating as a number in [-1, 1]: total, NaN is 0. */
    public double unit(double rating) {
        double unit = (rating - low) / (high - low) * 2 - 1;
        return Double.isNaN(unit) ? 0 : Math.max(-1, Math.min(1, unit));
    }

    /** The rating that a number in [-1, 1] stands for, always inside the range: total, NaN is the middle. */
    public double rating(double unit) {
        double bounded = Double.isNaN(unit) ? 0 : Math.max(-1, Math.min(1, unit));
        return Math.max(low, Math.min(high, low + (bounded + 1) / 2 * (high - low)));
    }
}
