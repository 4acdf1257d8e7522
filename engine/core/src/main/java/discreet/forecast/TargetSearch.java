package discreet.forecast;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Finds the smallest budget whose forecast reaches a recall.
 *
 * <p>Between the points of the curve, recall is interpolated in log epsilon. The result is rounded towards
 * privacy, down to three digits. That is less than 1 % of epsilon and far less than the width of any band,
 * while rounding up would spend more of users' privacy than was asked for. The search never goes below the
 * curve's smallest budget or above its largest. A target above the largest expected recall is out of reach,
 * however wide the band.
 *
 * <p>Random draws make a curve waver. It is made monotone first (pool adjacent violators), so that one lucky
 * draw at a small budget does not decide.
 */
public final class TargetSearch {
    private final double[] logEpsilon;
    private final double[] recall;
    private final double[] epsilon;

    public TargetSearch(Curve curve) {
        this.epsilon = curve.points().stream().mapToDouble(Curve.Point::epsilon).toArray();
        this.logEpsilon = curve.points().stream()
                .mapToDouble(point -> Math.log(point.epsilon()))
                .toArray();
        this.recall = monotone(curve.points().stream()
                .mapToDouble(point -> point.estimate().recall().mean())
                .toArray());
    }

    /**
     * Returns the smallest epsilon whose forecast is at least {@code target}, rounded down to three digits
     * but at least the curve's smallest. The result is empty if no budget reaches the target.
     */
    public OptionalDouble smallestEpsilon(double target) {
        if (!(target > 0 && target <= 1)) {
            throw new IllegalArgumentException("target must be > 0 and <= 1. Provided value: " + target);
        }
        if (epsilon.length == 0 || recall[recall.length - 1] < target) {
            return OptionalDouble.empty();
        }
        int first = 0;
        while (recall[first] < target) {
            first++;
        }
        if (first == 0) {
            return OptionalDouble.of(epsilon[0]);
        }
        double share = (target - recall[first - 1]) / (recall[first] - recall[first - 1]);
        double crossing = Math.exp(logEpsilon[first - 1] + share * (logEpsilon[first] - logEpsilon[first - 1]));
        return OptionalDouble.of(Math.max(epsilon[0], threeDigitsDown(crossing)));
    }

    /**
     * Returns the largest number with three significant digits that is at most the value, up to rounding of
     * doubles.
     */
    private static double threeDigitsDown(double value) {
        BigDecimal rounded = new BigDecimal(value * (1 + 1e-12)).round(new MathContext(3, RoundingMode.DOWN));
        return rounded.doubleValue();
    }

    /** Returns the closest non-decreasing sequence in least squares. */
    static double[] monotone(double[] values) {
        List<double[]> blocks = new ArrayList<>(); // sum, length
        for (double value : values) {
            double[] block = {value, 1};
            while (!blocks.isEmpty() && mean(blocks.get(blocks.size() - 1)) > mean(block)) {
                double[] before = blocks.remove(blocks.size() - 1);
                block[0] += before[0];
                block[1] += before[1];
            }
            blocks.add(block);
        }
        double[] result = new double[values.length];
        int at = 0;
        for (double[] block : blocks) {
            for (int step = 0; step < block[1]; step++) {
                result[at++] = mean(block);
            }
        }
        return result;
    }

    private static double mean(double[] block) {
        return block[0] / block[1];
    }
}
