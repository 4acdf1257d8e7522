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
 * Estimates how much better each item is rated than the mean, from released rounds of item biases, by
 * empirical Bayes with known noise. This is post-processing, so it costs no privacy.
 *
 * <p>An item's sum over its count is its bias plus noise of known variance, which comes from the release and
 * from the ratings themselves. Biases are modelled as normal about a linear function of log count and tags.
 * Its coefficients and variance are fitted to all items in a fixed number of iterations (Efron and Morris,
 * "Data analysis using Stein's estimator", 1975).
 *
 * @param counts count of each item of the catalogue, as released, in contributions of weight 1
 * @param biases posterior mean of the bias of each item, on the scale of ratings in [-1, 1]
 * @param variances posterior variance of each item, &gt; 0
 * @param prior prior for items that are newer than the release
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ItemBiases(double[] counts, double[] biases, double[] variances, BiasPrior prior) {
    /** Smaller counts are treated alike. */
    private static final double MIN_COUNT = .5;

    /** Variance of one user's contribution about an item's bias, for users who rate about four items. */
    private static final double CONTRIBUTION_VARIANCE = .1;

    private static final double FIRST_VARIANCE = .05;
    private static final double MIN_VARIANCE = 1e-5;
    private static final double NEGLIGIBLE_RIDGE = 1e-6;
    private static final double TAG_RIDGE = 100;
    private static final int ROUNDS = 20;
    private static final int INTERCEPT = 0;
    private static final int LOG_COUNT = 1;
    private static final int TAGS = 2;

    /** Estimates biases from one round, whose residuals are against the mean alone. */
    public static ItemBiases of(BiasRound round, double users, ItemTags tags) {
        int items = round.counts().length;
        double[] count = new double[items];
        double[] bias = new double[items];
        double[] variance = new double[items];
        double total = Math.max(DoubleStream.of(round.counts()).sum(), users);
        for (int item = 0; item < items; item++) {
            count[item] = PositivePart.mean(round.counts()[item], round.countSd());
            bias[item] = round.sums()[item] / count[item];
            double noise = round.sumSd() / count[item];
            variance[item] = noise * noise + CONTRIBUTION_VARIANCE * (4 * users / total) / count[item];
        }
        return new Fit(round.counts(), count, bias, variance, tags).fit();
    }

    /**
     * Estimates biases from two rounds.
     *
     * @param biases the item biases that, together with the mean, the residuals of the later round are
     *     against
     */
    public static ItemBiases of(BiasRound round, BiasRound later, double[] biases, double users, ItemTags tags) {
        return of(round.combinedWith(later, biases), users, tags);
    }

    /** Fits the regression over the columns 1, log count, and tags minus their shares. */
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
                    .map(each -> Math.log(Math.max(each, MIN_COUNT) / mean))
                    .toArray();
            this.leastLogCount = Math.log(MIN_COUNT / mean);
            this.tags = new int[counts.length][];
            Arrays.setAll(tags, known::of);
            this.share = shares(counts, tags, known.count());
            this.columns = TAGS + known.count();
        }

        /** Returns the share of all ratings that goes to items with each tag. */
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
                    double shrinkage = tau2 / (tau2 + variance[item]);
                    weight += shrinkage;
                    sum += shrinkage * (shrinkage * rest[item] * shrinkage * rest[item] + shrinkage * variance[item]);
                }
                tau2 = weight > 0 ? Math.max(sum / weight, MIN_VARIANCE) : tau2;
            }
            double[] means = new double[items];
            double[] variances = new double[items];
            for (int item = 0; item < items; item++) {
                double shrinkage = tau2 / (tau2 + variance[item]);
                means[item] = explained(coefficients, item) + shrinkage * rest[item];
                variances[item] = shrinkage * variance[item];
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

        /** Returns the intercept with the centring of the tags folded in. */
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
         * Solves the ridge regression of biases on the columns, with weight 1 / (variance + tau2) for each
         * item. Sums run over the uncentred tags, of which an item has few. Centring is a change of
         * coordinates afterwards. It subtracts share_t times the column of ones from the column of tag t.
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
                normal.data[column * columns + column] += column < TAGS ? NEGLIGIBLE_RIDGE : TAG_RIDGE;
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
                return new double[columns]; // no usable solution, so biases are assumed to be about 0
            }
            cholesky.solve(DMatrixRMaj.wrap(columns, 1, right), solution);
            return CommonOps_DDRM.elementMaxAbs(solution) < Double.POSITIVE_INFINITY
                    ? solution.data
                    : new double[columns];
        }
    }
}
