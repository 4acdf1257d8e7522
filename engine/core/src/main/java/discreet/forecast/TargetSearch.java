package discreet.forecast;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The smallest budget whose forecast reaches a recall.
 *
 * <p>Where the curve was not computed, it is interpolated in log epsilon. Rounding is towards privacy: down, to three digits,
 * which is less than 1 % of epsilon and far less than any band leaves open; rounding up would spend on people what nobody
 * asked for. Below the curve's smallest budget nothing is said, and above its largest nothing is promised: a target that the
 * expected recall does not reach is out of reach, however wide the band.
 *
 * <p>Draws make a curve waver. It is made monotone first (pool adjacent violators), so that one lucky draw at a small
 * budget promises nothing.
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
     * The smallest epsilon whose forecast is at least {@code target}, rounded down to three digits, or the curve's smallest;
     * empty if none is.
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

    /** The largest number with three significant digits that is not above the value, up to rounding of doubles. */
    private static double threeDigitsDown(double value) {
        BigDecimal rounded = new BigDecimal(value * (1 + 1e-12)).round(new MathContext(3, RoundingMode.DOWN));
        return rounded.doubleValue();
    }

    /** The closest non-decreasing sequence in least squares. */
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
