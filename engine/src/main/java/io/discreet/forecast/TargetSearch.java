package io.discreet.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The smallest budget whose forecast reaches a recall.
 *
 * <p>Rounding is towards privacy, as far as the promise allows: of all budgets with two significant digits, the smallest
 * whose expected recall is at least the target. Anything smaller would promise what the forecast does not say; anything larger would
 * spend on people what nobody asked for. Where the curve was not computed, it is interpolated in log epsilon; below its
 * smallest budget nothing is said, and above its largest nothing is promised: a target that the expected recall does not
 * reach is out of reach, however wide the band.
 *
 * <p>Draws make a curve waver. It is made monotone first (pool adjacent violators), so that one lucky draw at a small budget promises nothing.
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

    /** The smallest epsilon, with two significant digits or one of the curve's own, whose forecast is at least {@code target}; empty if none is. */
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
        return OptionalDouble.of(Math.min(epsilon[first], twoDigitsUp(crossing)));
    }

    /** Expected recall at an epsilon between the curve's smallest and largest. */
    double at(double between) {
        int next = 1;
        while (next < epsilon.length - 1 && epsilon[next] < between) {
            next++;
        }
        if (epsilon.length == 1) {
            return recall[0];
        }
        double share = (Math.log(between) - logEpsilon[next - 1]) / (logEpsilon[next] - logEpsilon[next - 1]);
        return recall[next - 1] + share * (recall[next] - recall[next - 1]);
    }

    /** The smallest number with two significant digits that is not below the value, up to rounding of doubles. */
    private static double twoDigitsUp(double value) {
        double unit = Math.pow(10, Math.floor(Math.log10(value)) - 1);
        double rounded = Math.ceil(value / unit - 1e-9) * unit;
        return Double.parseDouble(String.format(Locale.ROOT, "%.12g", rounded));
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
