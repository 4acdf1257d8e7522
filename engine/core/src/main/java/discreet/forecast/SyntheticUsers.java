package discreet.forecast;

import discreet.model.RankingModel;
import discreet.plan.RankingShares;
import discreet.privacy.Rho;
import discreet.statistics.Head;
import discreet.statistics.RowScale;
import discreet.statistics.Spectrum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Draws synthetic users such that a training on them would release about the same values as the training on
 * the real ones.
 *
 * <p><b>A user</b> has factors z ~ N(0, I), one coordinate for each component of the released spectrum, and
 * takes k items without replacement. Item j is taken at a rate proportional to
 * {@code exp(a_j + b_j.z - |b_j|^2 / 2)}, where b_j are the item's factors. k comes from
 * {@link HistoryLengths}, and z and k are independent.
 *
 * <p><b>Fitting</b> uses released values only. These are the item statistic c, the head with its weights and
 * direction, the denoised spectrum (Q, xi) and its noise, and the number of users. Simulation brings two sets
 * of moments of the synthetic users to the released ones, round after round:
 *
 * <ul>
 *   <li>c. a_j moves by the log of the released over the simulated statistic. Statistics within the noise
 *       share their common mean.
 *   <li>G Q = Q diag(theta), where G is the exact Gram matrix of the synthetic users over the released head.
 *       b_j moves along the residual, with a Gaussian prior that keeps an item with an uninformative row near
 *       0. The target is theta = xi + (bulk^2 / theta_0) min(1, xi / bulk) with theta_0 = (xi + sqrt(xi^2 + 4
 *       bulk^2)) / 2. It compensates for the noise of the eigenvectors, which lowered xi: a matrix with
 *       eigenvalue theta_0, seen through noise of this bulk, is denoised to theta_0 - bulk^2 / theta_0 = xi.
 *       Without the compensation the factors would be weakened twice, by the release and by the noise of each
 *       simulated training.
 * </ul>
 *
 * <p>Then the strength of all tastes is raised until the energy of the synthetic Gram matrix is the released
 * one ({@link GramEnergy}). The moments above leave out what stayed below the noise component by component,
 * which the energy includes. Without this step recall comes out too low, the more so the smaller the
 * epsilon of the release. The strength is never lowered below 1: with few users, noise in the item statistic
 * raises the synthetic energy, and weaker tastes would not lower it.
 *
 * <p>The part of an item's factors that the release does not show (all of them, outside the head) is drawn
 * once from the prior. Otherwise such items would appeal to all users alike. |b_j| is at most 3.
 *
 * <p><b>What is lost.</b> Which items belong together in components that stayed below the noise is not
 * known, only how much there is of it in all. So a forecast for a larger budget than the release's would be
 * a guess. Higher moments are those of this family of distributions.
 *
 * <p>A round costs n (r + 1) M multiply-adds for n users (at most 20,000 are simulated while fitting), r
 * components and M items.
 */
final class SyntheticUsers {
    private static final int FACTOR_ROUNDS = 7;
    private static final int ENERGY_ROUNDS = 6;

    /** Energy goes with the fourth power of tastes. */
    private static final double ENERGY_POWER = .25;

    private static final double MIN_STRENGTH_STEP = .7;
    private static final double MAX_STRENGTH_STEP = 1.4;
    private static final double STATISTIC_STEP = 1.3;
    private static final double MAX_STEP = 1.5;
    private static final double MAX_FACTOR_NORM = 3;
    private static final double NOISE_FLOOR_SDS = 3;
    private static final int MAX_USERS_WHILE_FITTING = 20_000;
    private static final int BLOCK = 64;

    private final RankingModel released;
    private final GramEnergy energy;
    private final int items;
    private final int rank;
    private final double[] theta;
    private final double[] target;
    private final HistoryLengths lengths;
    private final ExactSums sums;
    private final ParallelTasks workers;
    private final double[] attraction; // a, one per item
    private final double[] fitted; // head size x rank, posterior mean of b
    private final double[] drawn; // items x rank, the part of b that no release shows, drawn once
    private double strength = 1; // of all tastes
    private float[] loadings = new float[0]; // rank x items, b as used
    private double[] logRate = new double[0]; // a - |b|^2 / 2

    private SyntheticUsers(RankingModel released, GramEnergy energy, long seed, ParallelTasks workers) {
        this.released = released;
        this.energy = energy;
        this.workers = workers;
        this.sums = new ExactSums(workers);
        this.items = released.catalogue().size();
        Spectrum spectrum = released.spectrum();
        this.rank = spectrum.rank();
        this.theta = theta(spectrum);
        this.target = positive(released.statistic(), statisticSd(released));
        double users = Math.max(released.provenance().people(), Head.MIN_USERS);
        double meanRoot = Arrays.stream(released.statistic()).sum() / users;
        int most = Math.max(1, Math.min(released.parameters().maxItemsPerUser(), items));
        this.lengths = HistoryLengths.withMeanRoot(meanRoot, most);
        double total = Arrays.stream(target).sum();
        this.attraction =
                Arrays.stream(target).map(value -> Math.log(value / total)).toArray();
        this.fitted = new double[released.head().size() * rank];
        this.drawn = new double[items * rank];
        new Fit(seed).start();
        refresh();
    }

    /**
     * Fits the generator to a release.
     *
     * @param energy of the release's Gram matrix
     * @param seed the same seed gives the same users
     * @param progress receives a description of each step
     */
    static SyntheticUsers fit(
            RankingModel released, GramEnergy energy, long seed, ParallelTasks workers, Consumer<String> progress) {
        SyntheticUsers users = new SyntheticUsers(released, energy, seed, workers);
        if (users.items > 0) {
            users.fit(seed, progress);
        }
        return users;
    }

    /**
     * Draws users, each with at least one item, as ascending catalogue indices.
     *
     * <p>Every block of users has a generator of its own, so the number of threads does not change any user.
     */
    List<int[]> draw(int users, long seed) {
        if (items == 0) {
            return List.of();
        }
        int blocks = (users + BLOCK - 1) / BLOCK;
        List<int[]> all = new ArrayList<>(users);
        workers.map(blocks, block -> block(Math.min(BLOCK, users - block * BLOCK), Seeds.of(seed, block)))
                .forEach(all::addAll);
        return all;
    }

    /** Returns the exact Gram matrix of synthetic users over the released head. */
    double[] gram(List<int[]> users) {
        return sums.gram(users, released.head(), scale());
    }

    /** Returns the released number of users, rounded and at least {@value Head#MIN_USERS}. */
    int users() {
        return (int) Math.max(Math.rint(released.provenance().people()), Head.MIN_USERS);
    }

    private List<int[]> block(int users, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] score = new float[items];
        float[] scratch = new float[items];
        List<int[]> block = new ArrayList<>(users);
        for (int user = 0; user < users; user++) {
            Arrays.fill(score, 0);
            for (int component = 0; component < rank; component++) {
                float factor = (float) random.nextGaussian();
                int from = component * items;
                for (int item = 0; item < items; item++) {
                    score[item] += factor * loadings[from + item];
                }
            }
            // The k largest of log rate + Gumbel noise are k draws without replacement (Efraimidis and
            // Spirakis, 2006)
            for (int item = 0; item < items; item++) {
                score[item] += (float) (logRate[item] - Math.log(random.nextExponential() + 1e-300));
            }
            block.add(TopIndices.of(score, Math.min(lengths.draw(random), items), scratch));
        }
        return block;
    }

    private void fit(long seed, Consumer<String> progress) {
        int simulated = Math.min(users(), MAX_USERS_WHILE_FITTING);
        double each = (double) users() / simulated;
        Fit fit = new Fit(seed);
        for (int round = 0; round < FACTOR_ROUNDS + ENERGY_ROUNDS; round++) {
            progress.accept("Fitting invented people to the release, round " + (round + 1) + " of "
                    + (FACTOR_ROUNDS + ENERGY_ROUNDS));
            List<int[]> users = draw(simulated, Seeds.of(seed, 1_000_003L + round));
            if (round < FACTOR_ROUNDS && rank > 0) {
                fit.moveItemFactors(gram(users), each);
            }
            if (round >= FACTOR_ROUNDS) {
                moveStrength(each * each * energy(users));
            }
            double[] statistic = sums.statistic(users, items);
            for (int item = 0; item < items; item++) {
                double step =
                        STATISTIC_STEP * Math.log(Math.max(target[item], .5) / Math.max(each * statistic[item], .5));
                attraction[item] += Math.max(-MAX_STEP, Math.min(MAX_STEP, step));
            }
            refresh();
        }
    }

    /** Returns the energy of the Gram matrix that these users would have in the place of the real ones. */
    double energy(List<int[]> users) {
        return GramEnergy.of(sums.gram(users, released.head(), scale(), energy.content()));
    }

    private void moveStrength(double simulated) {
        double step = Math.pow(Math.max(energy.value(), 0) / Math.max(simulated, 1e-9), ENERGY_POWER);
        strength = Math.max(1, strength * Math.max(MIN_STRENGTH_STEP, Math.min(MAX_STRENGTH_STEP, step)));
    }

    /** Recomputes the item factors and rates from their fitted and drawn parts. */
    private void refresh() {
        loadings = new float[rank * items];
        logRate = attraction.clone();
        for (int item = 0; item < items; item++) {
            int position = released.head().position(item);
            double[] factors = Arrays.copyOfRange(drawn, item * rank, (item + 1) * rank);
            double norm2 = 0;
            for (int component = 0; component < rank; component++) {
                factors[component] += position < 0 ? 0 : fitted[position * rank + component];
                factors[component] *= strength;
                norm2 += factors[component] * factors[component];
            }
            double shrink = Math.min(1, MAX_FACTOR_NORM / Math.max(Math.sqrt(norm2), 1e-9));
            for (int component = 0; component < rank; component++) {
                loadings[component * items + item] = (float) (shrink * factors[component]);
            }
            logRate[item] -= shrink * shrink * norm2 / 2;
        }
    }

    private RowScale scale() {
        return RowScale.forUsers(
                Math.max(released.provenance().people(), MAX_USERS_WHILE_FITTING),
                released.provenance().peopleSd());
    }

    /**
     * Returns the eigenvalues that the synthetic users need, so that noise and denoising lead back to the
     * released ones.
     */
    static double[] theta(Spectrum spectrum) {
        double bulk = spectrum.bulk();
        return Arrays.stream(spectrum.eigenvalues())
                .map(xi -> {
                    double spike = (xi + Math.sqrt(xi * xi + 4 * bulk * bulk)) / 2;
                    return xi + bulk * bulk / spike * Math.min(1, xi / bulk);
                })
                .toArray();
    }

    private static double statisticSd(RankingModel released) {
        RankingShares shares =
                RankingShares.of(Rho.roundedDown(released.provenance().rho()));
        return SimulatedTraining.noise(shares.items().toDouble());
    }

    /**
     * Replaces released statistics that noise alone explains by their common mean, but at least a twentieth
     * of the mean of all. These are all values from the first such one in decreasing order.
     */
    static double[] positive(double[] statistic, double sd) {
        int[] order = IntStream.range(0, statistic.length)
                .boxed()
                .sorted(Comparator.comparingDouble(item -> -statistic[item]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] result = statistic.clone();
        double mean = Arrays.stream(statistic).average().orElse(0);
        int first = 0;
        while (first < order.length && statistic[order[first]] >= NOISE_FLOOR_SDS * sd) {
            first++;
        }
        double rest = Arrays.stream(order, first, order.length)
                .mapToDouble(item -> statistic[item])
                .average()
                .orElse(0);
        for (int at = first; at < order.length; at++) {
            result[order[at]] = Math.max(rest, .05 * Math.max(mean, 1e-9));
        }
        for (int item = 0; item < result.length; item++) {
            result[item] = Math.max(result[item], 1e-3);
        }
        return result;
    }

    /**
     * Fits the linear model between item factors and the Gram matrix, Q_jr sqrt(theta_r) = d_j b_jr + noise,
     * with its prior.
     */
    private final class Fit {
        private final double[] response; // d, one per head position
        private final double[] noise; // variance, one per component
        private final double[] prior; // variance of b, one per component
        private final SplittableRandom random;

        Fit(long seed) {
            Head head = released.head();
            double total = Arrays.stream(target).sum();
            double squares = 0;
            double share = 0;
            for (int position = 0; position < head.size(); position++) {
                double weight = head.weight(position);
                squares += target[head.item(position)] * weight * weight;
                share += target[head.item(position)];
            }
            double meanWeight = Math.sqrt(squares / Math.max(share, 1e-300));
            double events = users() * lengths.mean();
            this.response = IntStream.range(0, head.size())
                    .mapToDouble(position -> head.weight(position)
                            * (target[head.item(position)] / total)
                            * Math.sqrt(events)
                            / meanWeight)
                    .toArray();
            double all = Arrays.stream(response).map(d -> d * d).sum();
            double sigma = released.provenance().sigma();
            this.noise = Arrays.stream(theta).map(t -> sigma * sigma / t).toArray();
            this.prior = Arrays.stream(theta).map(t -> Math.max(t / all, 1e-9)).toArray();
            this.random = new SplittableRandom(Seeds.of(seed, 17));
        }

        /**
         * Starts from the posterior of the linear model. Its mean initialises the fitted part, and its
         * deviation the drawn part.
         */
        void start() {
            double[] vectors = released.spectrum().vectors();
            for (int item = 0; item < items; item++) {
                int position = released.head().position(item);
                for (int component = 0; component < rank; component++) {
                    double d = position < 0 ? 0 : response[position];
                    double precision = d * d / noise[component] + 1 / prior[component];
                    drawn[item * rank + component] = random.nextGaussian() / Math.sqrt(precision);
                    if (position >= 0) {
                        int at = position * rank + component;
                        fitted[at] = d * vectors[at] * Math.sqrt(theta[component]) / noise[component] / precision;
                    }
                }
            }
        }

        /** Moves all item factors one step along Q diag(theta) - G Q. */
        void moveItemFactors(double[] triangle, double each) {
            double[] vectors = released.spectrum().vectors();
            double[][] simulated = times(triangle, vectors);
            for (int position = 0; position < response.length; position++) {
                double d = response[position];
                double norm2 = 0;
                for (int component = 0; component < rank; component++) {
                    int at = position * rank + component;
                    double residual = vectors[at] * theta[component] - each * simulated[position][component];
                    double ridge = noise[component] / prior[component];
                    fitted[at] += (d * residual / Math.sqrt(theta[component]) - fitted[at] * ridge) / (d * d + ridge);
                    norm2 += fitted[at] * fitted[at];
                }
                double shrink = Math.min(1, MAX_FACTOR_NORM / Math.max(Math.sqrt(norm2), 1e-9));
                for (int component = 0; component < rank; component++) {
                    fitted[position * rank + component] *= shrink;
                }
            }
            dropReversedComponents(vectors);
        }

        /**
         * Drops a component whose item factors had to change sign. The synthetic users then reach that target
         * without any factors, for example because their histories differ in length. Only the square of a
         * factor counts, so a step past zero would lead away from the target forever.
         */
        private void dropReversedComponents(double[] vectors) {
            for (int component = 0; component < rank; component++) {
                double along = 0;
                for (int position = 0; position < response.length; position++) {
                    int at = position * rank + component;
                    along += response[position] * fitted[at] * vectors[at];
                }
                if (along <= 0) {
                    for (int at = component; at < fitted.length; at += rank) {
                        fitted[at] = 0;
                    }
                    for (int at = component; at < drawn.length; at += rank) {
                        drawn[at] = 0;
                    }
                }
            }
        }

        /** Returns G Q, one row per head position. */
        private double[][] times(double[] triangle, double[] vectors) {
            int order = response.length;
            return workers.map(order, row -> {
                        double[] product = new double[rank];
                        for (int column = 0; column < order; column++) {
                            if (column != row) {
                                int low = Math.min(row, column);
                                int high = Math.max(row, column);
                                double entry = triangle[
                                        (int) ((long) low * order - (long) low * (low + 1) / 2 - low - 1 + high)];
                                for (int component = 0, at = column * rank; component < rank; component++, at++) {
                                    product[component] += entry * vectors[at];
                                }
                            }
                        }
                        return product;
                    })
                    .toArray(double[][]::new);
        }
    }
}
