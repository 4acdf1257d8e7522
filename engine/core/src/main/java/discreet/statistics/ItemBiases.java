package discreet.statistics;

import discreet.catalogue.ItemTags;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * What is made of released rounds of item biases: how much better each item is rated than the mean, by empirical Bayes with known noise.
 * Post-processing, so it costs nothing.
 *
 * <p>An item's sum over its count is its bias plus noise of a variance that is known: the release's, and that of the ratings themselves.
 * Biases are taken to be normal about a linear function of log count and tags, whose coefficients and variance are fitted to all items
 * in a fixed number of rounds (Efron and Morris, "Data analysis using Stein's estimator", 1975).
 *
 * @param counts one an item of the catalogue, as released
 * @param biases one an item: its posterior mean
 * @param variances one an item: its posterior variance, &gt; 0
 * @param prior for items that are newer than the release
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ItemBiases(double[] counts, double[] biases, double[] variances, BiasPrior prior) {
    /** Below this count items are not told apart. */
    private static final double LEAST_COUNT = .5;

    /** Variance of one person's contribution about an item's bias, where people rate about four items. */
    private static final double CONTRIBUTION_VARIANCE = .1;

    private static final double FIRST_VARIANCE = .05;
    private static final double LEAST_VARIANCE = 1e-5;
    private static final double BARELY_ANY_RIDGE = 1e-6;
    private static final double TAG_RIDGE = 100;
    private static final int ROUNDS = 20;
    private static final int INTERCEPT = 0;
    private static final int LOG_COUNT = 1;
    private static final int TAGS = 2;

    /** Of one round, whose residuals are against the mean alone. */
    public static ItemBiases of(BiasRound round, double people, ItemTags tags) {
        int items = round.counts().length;
        double[] count = new double[items];
        double[] bias = new double[items];
        double[] variance = new double[items];
        double total = Math.max(DoubleStream.of(round.counts()).sum(), people);
        for (int item = 0; item < items; item++) {
            count[item] = PositivePart.mean(round.counts()[item], round.countSd());
            bias[item] = round.sums()[item] / count[item];
            double noise = round.sumSd() / count[item];
            variance[item] = noise * noise + CONTRIBUTION_VARIANCE * (4 * people / total) / count[item];
        }
        return new Fit(round.counts(), count, bias, variance, tags).fit();
    }

    /**
     * Of two rounds.
     *
     * @param biases what the residuals of the later round are against, besides the mean
     */
    public static ItemBiases of(BiasRound round, BiasRound later, double[] biases, double people, ItemTags tags) {
        return of(round.with(later, biases), people, tags);
    }

    /** The regression, over columns 1, log count, and tags less their shares. */
    private static final class Fit {
        private final double[] counts;
        private final double[] bias;
        private final double[] variance;
        private final double[] logCount;
        private final double leastLogCount;
        private final int[][] tags;
        private final ItemTags known;
        private final double[] share;
        private final int columns;

        Fit(double[] counts, double[] count, double[] bias, double[] variance, ItemTags known) {
            this.counts = counts;
            this.bias = bias;
            this.variance = variance;
            this.known = known;
            double mean = DoubleStream.of(count).average().orElse(1);
            this.logCount = DoubleStream.of(count)
                    .map(each -> Math.log(Math.max(each, LEAST_COUNT) / mean))
                    .toArray();
            this.leastLogCount = Math.log(LEAST_COUNT / mean);
            this.tags = new int[counts.length][];
            Arrays.setAll(tags, known::of);
            this.share = shares(counts, tags, known.count());
            this.columns = TAGS + known.count();
        }

        /** How much of all ratings goes to items with each tag. */
        private static double[] shares(double[] counts, int[][] tags, int names) {
            double total = 0;
            double[] share = new double[names];
            for (int item = 0; item < counts.length; item++) {
                double count = Math.max(counts[item], 0);
                total += count;
                for (int tag : tags[item]) {
                    share[tag] += count;
                }
            }
            double all = total > 0 ? total : 1;
            return DoubleStream.of(share).map(each -> each / all).toArray();
        }

        ItemBiases fit() {
            int items = bias.length;
            double tau2 = FIRST_VARIANCE;
            double[] coefficients = new double[columns];
            double[] rest = new double[items];
            for (int round = 0; round < ROUNDS; round++) {
                coefficients = solve(tau2);
                double weight = 0;
                double sum = 0;
                for (int item = 0; item < items; item++) {
                    rest[item] = bias[item] - explained(coefficients, item);
                    double kept = tau2 / (tau2 + variance[item]);
                    weight += kept;
                    sum += kept * (kept * rest[item] * kept * rest[item] + kept * variance[item]);
                }
                tau2 = weight > 0 ? Math.max(sum / weight, LEAST_VARIANCE) : tau2;
            }
            double[] means = new double[items];
            double[] variances = new double[items];
            for (int item = 0; item < items; item++) {
                double kept = tau2 / (tau2 + variance[item]);
                means[item] = explained(coefficients, item) + kept * rest[item];
                variances[item] = kept * variance[item];
            }
            return new ItemBiases(counts, means, variances, prior(coefficients, tau2));
        }

        private double explained(double[] coefficients, int item) {
            double sum = offset(coefficients) + coefficients[LOG_COUNT] * logCount[item];
            for (int tag : tags[item]) {
                sum += coefficients[TAGS + tag];
            }
            return sum;
        }

        /** The intercept with the centring of tags in it. */
        private double offset(double[] coefficients) {
            double sum = coefficients[INTERCEPT];
            for (int tag = 0; tag < share.length; tag++) {
                sum -= share[tag] * coefficients[TAGS + tag];
            }
            return sum;
        }

        private BiasPrior prior(double[] coefficients, double tau2) {
            Map<String, Double> byName = new TreeMap<>();
            for (int tag = 0; tag < share.length; tag++) {
                byName.put(known.names().get(tag), coefficients[TAGS + tag]);
            }
            return new BiasPrior(offset(coefficients) + coefficients[LOG_COUNT] * leastLogCount, tau2, byName);
        }

        /**
         * Ridge regression of biases on the columns, each item weighing 1 / (variance + tau2). Sums are over the tags as they are, which
         * are few an item; centring them is a change of coordinates afterwards: column of tag t less share_t times the column of ones.
         */
        private double[] solve(double tau2) {
            DMatrixRMaj normal = new DMatrixRMaj(columns, columns);
            double[] right = new double[columns];
            for (int item = 0; item < bias.length; item++) {
                double weight = 1 / (variance[item] + tau2);
                int[] present = present(item);
                for (int i : present) {
                    double value = weight * (i == LOG_COUNT ? logCount[item] : 1);
                    right[i] += value * bias[item];
                    for (int j : present) {
                        normal.data[i * columns + j] += value * (j == LOG_COUNT ? logCount[item] : 1);
                    }
                }
            }
            centre(normal, right);
            for (int column = 0; column < columns; column++) {
                normal.data[column * columns + column] += column < TAGS ? BARELY_ANY_RIDGE : TAG_RIDGE;
            }
            return solve(normal, right);
        }

        private int[] present(int item) {
            int[] present = new int[TAGS + tags[item].length];
            present[INTERCEPT] = INTERCEPT;
            present[LOG_COUNT] = LOG_COUNT;
            for (int at = 0; at < tags[item].length; at++) {
                present[TAGS + at] = TAGS + tags[item][at];
            }
            return present;
        }

        private void centre(DMatrixRMaj normal, double[] right) {
            for (int tag = 0; tag < share.length; tag++) {
                int row = TAGS + tag;
                right[row] -= share[tag] * right[INTERCEPT];
                for (int column = 0; column < columns; column++) {
                    normal.data[row * columns + column] -= share[tag] * normal.data[INTERCEPT * columns + column];
                }
            }
            for (int row = 0; row < columns; row++) {
                for (int tag = 0; tag < share.length; tag++) {
                    normal.data[row * columns + TAGS + tag] -= share[tag] * normal.data[row * columns + INTERCEPT];
                }
            }
        }

        private static double[] solve(DMatrixRMaj normal, double[] right) {
            int columns = right.length;
            LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.symmPosDef(columns);
            DMatrixRMaj solution = new DMatrixRMaj(columns, 1);
            if (!cholesky.setA(normal)) {
                return new double[columns]; // no number to go by: biases are taken to be about 0
            }
            cholesky.solve(DMatrixRMaj.wrap(columns, 1, right), solution);
            return CommonOps_DDRM.elementMaxAbs(solution) < Double.POSITIVE_INFINITY
                    ? solution.data
                    : new double[columns];
        }
    }
}
