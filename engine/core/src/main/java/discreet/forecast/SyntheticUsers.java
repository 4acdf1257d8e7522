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
 * People who do not exist, drawn so that a training on them would have released about what a training on the real ones did.
 *
 * <p><b>A person</b> has a taste z ~ N(0, I), one coordinate for each component of the released spectrum, and takes k items without replacement, item j at a
 * rate proportional to {@code exp(a_j + b_j.z - |b_j|^2 / 2)}. k comes from {@link HistoryLengths}, z and k are independent.
 *
 * <p><b>Fitting</b> uses released values and nothing else: the item statistic c, the head with its weights and direction, the denoised
 * spectrum (Q, xi) and its noise, and the number of people. Two sets of moments of the invented people are brought to the released
 * ones by simulation, round after round:
 *
 * <ul>
 *   <li>c: a_j moves by the log of released over simulated statistic. Statistics within the noise share their common mean.
 *   <li>G Q = Q diag(theta), G the exact Gram matrix of the invented people over the released head: b_j moves along the residual, with a
 *       Gaussian prior that keeps an item whose row says little near nothing. theta = xi + (b^2 / theta_0) min(1, xi / b), theta_0 =
 *       (xi + sqrt(xi^2 + 4 b^2)) / 2, gives back what the eigenvectors' own noise took from xi: a matrix with eigenvalue
 *       theta_0, seen through noise of bulk b, is denoised to theta_0 - b^2 / theta_0 = xi. Without it tastes would be weakened twice, by the release
 *       and by the noise of each simulated training.
 * </ul>
 *
 * <p>What the release does not show of an item's tastes (all of them, outside the head) is drawn from the prior, once, at random:
 * otherwise items nobody knows about would have no fans. At most |b_j| = 3.
 *
 * <p><b>What is lost.</b> Components that stayed below the noise are missing, and with them what a larger budget would bring to
 * light; higher moments are those of this family.
 *
 * <p>Cost: n (r + 1) M multiply-adds a round for n people (at most 20,000 are simulated while fitting), r components and M items.
 */
public final class SyntheticUsers {
    private static final int TASTE_ROUNDS = 7;
    private static final int STATISTIC_ROUNDS = 4;
    private static final double STATISTIC_STEP = 1.3;
    private static final double LARGEST_STEP = 1.5;
    private static final double LARGEST_TASTE = 3;
    private static final double NOISE_FLOOR_SDS = 3;
    private static final int MOST_WHILE_FITTING = 20_000;
    private static final int BLOCK = 64;

    private final RankingModel released;
    private final int items;
    private final int rank;
    private final double[] theta;
    private final double[] target;
    private final HistoryLengths lengths;
    private final ExactSums sums;
    private final ParallelTasks workers;
    private final double[] attraction; // a, one an item
    private final double[] fitted; // head size x rank: posterior mean of b
    private final double[] unseen; // items x rank: what no release shows of b, drawn once
    private float[] loadings = new float[0]; // rank x items: b as used
    private double[] logRate = new double[0]; // a - |b|^2 / 2

    private SyntheticUsers(RankingModel released, long seed, ParallelTasks workers) {
        this.released = released;
        this.workers = workers;
        this.sums = new ExactSums(workers);
        this.items = released.catalogue().size();
        Spectrum spectrum = released.spectrum();
        this.rank = spectrum.rank();
        this.theta = theta(spectrum);
        this.target = positive(released.statistic(), statisticSd(released));
        double people = Math.max(released.provenance().people(), Head.FEWEST_PEOPLE);
        double meanRoot = Arrays.stream(released.statistic()).sum() / people;
        int most = Math.max(1, Math.min(released.parameters().maxItemsPerUser(), items));
        this.lengths = HistoryLengths.withMeanRoot(meanRoot, most);
        double total = Arrays.stream(target).sum();
        this.attraction =
                Arrays.stream(target).map(value -> Math.log(value / total)).toArray();
        this.fitted = new double[released.head().size() * rank];
        this.unseen = new double[items * rank];
        new Fit(seed).start();
        refresh();
    }

    /**
     * Fits the generator to a release.
     *
     * @param seed the same seed gives the same people
     * @param progress told what is being done
     */
    static SyntheticUsers fit(RankingModel released, long seed, ParallelTasks workers, Consumer<String> progress) {
        SyntheticUsers people = new SyntheticUsers(released, seed, workers);
        if (people.items > 0) {
            people.fit(seed, progress);
        }
        return people;
    }

    /**
     * Draws people: ascending catalogue indices of each, at least one.
     *
     * <p>Every block of people has a generator of its own, so the number of threads changes nobody.
     */
    List<int[]> draw(int people, long seed) {
        if (items == 0) {
            return List.of();
        }
        int blocks = (people + BLOCK - 1) / BLOCK;
        List<int[]> all = new ArrayList<>(people);
        workers.map(blocks, block -> block(Math.min(BLOCK, people - block * BLOCK), Seeds.of(seed, block)))
                .forEach(all::addAll);
        return all;
    }

    /** Of the invented people that would train: exact Gram matrix over the released head, for tests. */
    double[] gram(List<int[]> people) {
        return sums.gram(people, released.head(), scale());
    }

    /** What the Gram matrix of the invented people is fitted to along the released components. */
    double[] targetSpectrum() {
        return theta.clone();
    }

    int people() {
        return (int) Math.max(Math.rint(released.provenance().people()), Head.FEWEST_PEOPLE);
    }

    private List<int[]> block(int people, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] score = new float[items];
        float[] scratch = new float[items];
        List<int[]> block = new ArrayList<>(people);
        for (int person = 0; person < people; person++) {
            Arrays.fill(score, 0);
            for (int component = 0; component < rank; component++) {
                float userFactors = (float) random.nextGaussian();
                int from = component * items;
                for (int item = 0; item < items; item++) {
                    score[item] += userFactors * loadings[from + item];
                }
            }
            // The k largest of log rate + Gumbel noise are k draws without replacement (Efraimidis and Spirakis, 2006)
            for (int item = 0; item < items; item++) {
                score[item] += (float) (logRate[item] - Math.log(random.nextExponential() + 1e-300));
            }
            block.add(TopIndices.of(score, Math.min(lengths.draw(random), items), scratch));
        }
        return block;
    }

    private void fit(long seed, Consumer<String> progress) {
        int simulated = Math.min(people(), MOST_WHILE_FITTING);
        double each = (double) people() / simulated;
        Fit fit = new Fit(seed);
        for (int round = 0; round < TASTE_ROUNDS + STATISTIC_ROUNDS; round++) {
            progress.accept("Fitting invented people to the release, round " + (round + 1) + " of "
                    + (TASTE_ROUNDS + STATISTIC_ROUNDS));
            List<int[]> people = draw(simulated, Seeds.of(seed, 1_000_003L + round));
            if (round < TASTE_ROUNDS && rank > 0) {
                fit.moveUserFactors(gram(people), each);
            }
            double[] statistic = sums.statistic(people, items);
            for (int item = 0; item < items; item++) {
                double step =
                        STATISTIC_STEP * Math.log(Math.max(target[item], .5) / Math.max(each * statistic[item], .5));
                attraction[item] += Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, step));
            }
            refresh();
        }
    }

    /** Loadings and rates from what is fitted and what is drawn. */
    private void refresh() {
        loadings = new float[rank * items];
        logRate = attraction.clone();
        for (int item = 0; item < items; item++) {
            int position = released.head().position(item);
            double[] userFactors = Arrays.copyOfRange(unseen, item * rank, (item + 1) * rank);
            double norm2 = 0;
            for (int component = 0; component < rank; component++) {
                userFactors[component] += position < 0 ? 0 : fitted[position * rank + component];
                norm2 += userFactors[component] * userFactors[component];
            }
            double shrink = Math.min(1, LARGEST_TASTE / Math.max(Math.sqrt(norm2), 1e-9));
            for (int component = 0; component < rank; component++) {
                loadings[component * items + item] = (float) (shrink * userFactors[component]);
            }
            logRate[item] -= shrink * shrink * norm2 / 2;
        }
    }

    private RowScale scale() {
        return RowScale.forPeople(
                Math.max(released.provenance().people(), MOST_WHILE_FITTING),
                released.provenance().peopleSd());
    }

    /** The eigenvalues to give to invented people so that noise and denoising lead back to the released ones. */
    private static double[] theta(Spectrum spectrum) {
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

    /** The released statistic without values that noise alone explains: from the first such in decreasing order, the mean of the rest. */
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

    /** The linear model between tastes and the Gram matrix, Q_jr sqrt(theta_r) = d_j b_jr + noise, and its prior. */
    private final class Fit {
        private final double[] response; // d, one a head position
        private final double[] noise; // variance, one a component
        private final double[] prior; // variance of b, one a component
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
            double events = people() * lengths.mean();
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

        /** Posterior of the linear model: its mean to begin with, its deviation for what is drawn. */
        void start() {
            double[] vectors = released.spectrum().vectors();
            for (int item = 0; item < items; item++) {
                int position = released.head().position(item);
                for (int component = 0; component < rank; component++) {
                    double d = position < 0 ? 0 : response[position];
                    double precision = d * d / noise[component] + 1 / prior[component];
                    unseen[item * rank + component] = random.nextGaussian() / Math.sqrt(precision);
                    if (position >= 0) {
                        int at = position * rank + component;
                        fitted[at] = d * vectors[at] * Math.sqrt(theta[component]) / noise[component] / precision;
                    }
                }
            }
        }

        /** One step of all tastes along Q diag(theta) - G Q. */
        void moveUserFactors(double[] triangle, double each) {
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
                double shrink = Math.min(1, LARGEST_TASTE / Math.max(Math.sqrt(norm2), 1e-9));
                for (int component = 0; component < rank; component++) {
                    fitted[position * rank + component] *= shrink;
                }
            }
            dropOvershot(vectors);
        }

        /**
         * Drops a component whose tastes had to turn around: invented people have that much of it without any taste (that histories differ in
         * length makes such a one). Only the square of a taste counts, so a step past zero would lead away from the target for ever.
         */
        private void dropOvershot(double[] vectors) {
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
                    for (int at = component; at < unseen.length; at += rank) {
                        unseen[at] = 0;
                    }
                }
            }
        }

        /** G Q, one row a head position. */
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
