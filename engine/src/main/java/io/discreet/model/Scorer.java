package io.discreet.model;

import io.discreet.gram.Head;
import io.discreet.gram.Spectrum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The scoring kernel, the only one: batch lists, single lists, related items and evaluation all go through it.
 *
 * <p>A person's scores over the head, from the person's own history alone (fold-in; nothing is stored):
 *
 * <pre>
 *   f  = w o history,   f' = f - (f.p) p,   h = xi / (xi + .4 b)
 *   score = [ (I - p p^T) Q diag(h) Q^T f' + (f.p) p + .001 g ] / w^.5
 * </pre>
 *
 * where p is the popularity direction and g the direction of w o max(c, 0), which orders what the history says nothing
 * about. Items outside the head rank after it by c. Scores are compared on a grid of 1e-6, ties by item index, so that every
 * way of computing them gives one order.
 *
 * <p>The projections are folded into one factor when the scorer is made: with R = (I - p p^T) Q, the taste part is
 * R diag(h) R^T f. A person with k items in a head of size m costs (k + m) rank multiply-adds.
 *
 * <p>Immutable, and safe to use from several threads; broadcast once in a batch job.
 */
public final class Scorer implements ListMaker<int[]> {
    private static final long serialVersionUID = 1L;

    private static final double RIDGE = .4;
    private static final double WEIGHT_POWER = .5;
    private static final double POPULARITY_WEIGHT = 1e-3;
    private static final double TIE = 1e-6;
    private static final long GRID_LIMIT = 1L << 30;
    /** Scores of items outside the head: below every score inside it, ordered by c. */
    private static final double TAIL_OFFSET = -1e3;

    private static final double TAIL_SLOPE = 1e-9;

    private final Head head;
    private final double[] statistic;
    private final int rank;
    private final double[] factor;
    private final double[] gain;
    private final double[] direction;
    private final double[] popularity;
    private final double[] scoreScale;
    private final int[] tail;

    /**
     * The kernel of a released model, or of a simulated one.
     *
     * @param statistic item statistic c, one value an item of the catalogue
     */
    public Scorer(double[] statistic, Head head, Spectrum spectrum) {
        this.head = head;
        this.statistic = statistic;
        this.rank = spectrum.rank();
        this.direction = unitDirection(head);
        this.factor = projected(spectrum.vectors(), direction, rank);
        this.gain = Arrays.stream(spectrum.eigenvalues())
                .map(xi -> xi / (xi + RIDGE * spectrum.bulk()))
                .toArray();
        this.popularity = popularity(statistic, head);
        this.scoreScale = IntStream.range(0, head.size())
                .mapToDouble(position -> 1 / Math.pow(head.weight(position), WEIGHT_POWER))
                .toArray();
        this.tail = IntStream.range(0, statistic.length)
                .filter(item -> head.position(item) < 0)
                .boxed()
                .sorted(Comparator.comparingDouble(item -> -statistic[item]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double[] unitDirection(Head head) {
        double norm = Math.sqrt(head.directionNorm2());
        return IntStream.range(0, head.size())
                .mapToDouble(position -> norm > 0 ? head.direction(position) / norm : 0)
                .toArray();
    }

    /** (I - p p^T) Q, row-major. */
    private static double[] projected(double[] vectors, double[] p, int rank) {
        double[] along = new double[rank];
        for (int position = 0; position < p.length; position++) {
            for (int component = 0; component < rank; component++) {
                along[component] += p[position] * vectors[position * rank + component];
            }
        }
        double[] result = vectors.clone();
        for (int position = 0; position < p.length; position++) {
            for (int component = 0; component < rank; component++) {
                result[position * rank + component] -= p[position] * along[component];
            }
        }
        return result;
    }

    private static double[] popularity(double[] statistic, Head head) {
        double[] popularity = new double[head.size()];
        double norm2 = 0;
        for (int position = 0; position < popularity.length; position++) {
            popularity[position] = head.weight(position) * Math.max(statistic[head.item(position)], 0);
            norm2 += popularity[position] * popularity[position];
        }
        double norm = Math.max(Math.sqrt(norm2), 1e-300);
        return Arrays.stream(popularity).map(value -> value / norm).toArray();
    }

    /** Number of items of the catalogue. */
    public int items() {
        return statistic.length;
    }

    /**
     * Scores over the head.
     *
     * @param history the person's items: distinct catalogue indices, in any order and number
     * @return one score a head position
     */
    public double[] headScores(int[] history) {
        double[] taste = new double[rank];
        double alongPopularity = 0;
        for (int item : history) {
            int position = head.position(item);
            if (position >= 0) {
                double weight = head.weight(position);
                alongPopularity += weight * direction[position];
                for (int component = 0, at = position * rank; component < rank; component++, at++) {
                    taste[component] += weight * factor[at];
                }
            }
        }
        for (int component = 0; component < rank; component++) {
            taste[component] *= gain[component];
        }
        double[] scores = new double[head.size()];
        for (int position = 0; position < scores.length; position++) {
            double score = alongPopularity * direction[position] + POPULARITY_WEIGHT * popularity[position];
            for (int component = 0, at = position * rank; component < rank; component++, at++) {
                score += factor[at] * taste[component];
            }
            scores[position] = score * scoreScale[position];
        }
        return scores;
    }

    @Override
    public List<Recommendation> recommend(int[] history, ListRules rules) {
        return recommend(history, rules.length());
    }

    /**
     * The k best items that are not in the history, best first; fewer only where the catalogue has no more.
     *
     * @param history the person's items: distinct catalogue indices, ascending
     * @param k at least 0
     */
    public List<Recommendation> recommend(int[] history, int k) {
        double[] scores = headScores(history);
        TopK best = new TopK(Math.min(k, scores.length));
        boolean known = false;
        boolean[] own = new boolean[scores.length];
        for (int item : history) {
            int position = head.position(item);
            if (position >= 0) {
                own[position] = true;
                known = true;
            }
        }
        for (int position = 0; position < scores.length; position++) {
            if (!own[position]) {
                best.offer(sortKey(scores[position], head.item(position)));
            }
        }
        List<Recommendation> list = new ArrayList<>(Math.min(k, statistic.length));
        for (long key : best.decreasing()) {
            int item = itemOf(key);
            list.add(new Recommendation(item, scores[head.position(item)], known ? Source.MODEL : Source.POPULAR));
        }
        for (int at = 0; at < tail.length && list.size() < k; at++) {
            int item = tail[at];
            if (Arrays.binarySearch(history, item) < 0) {
                list.add(new Recommendation(item, TAIL_OFFSET + TAIL_SLOPE * statistic[item], Source.POPULAR));
            }
        }
        return list;
    }

    /**
     * Items whose viewers are alike: the rows of the denoised kernel K = R diag(xi-gain) R^T, compared by
     * K_ij / sqrt(K_ii K_jj), best first. Empty for an item outside the head, of which no taste is known.
     *
     * @return at most k items with scores in [-1, 1], the item itself left out
     */
    public List<Recommendation> related(int item, int k) {
        int from = head.position(item);
        if (from < 0 || rank == 0) {
            return List.of();
        }
        double own = kernel(from, from);
        double[] scores = new double[head.size()];
        TopK best = new TopK(Math.min(k, head.size()));
        for (int position = 0; position < scores.length; position++) {
            double size = Math.sqrt(own * kernel(position, position));
            scores[position] = size > 0 ? kernel(from, position) / size : 0;
            if (position != from) {
                best.offer(sortKey(scores[position], head.item(position)));
            }
        }
        return Arrays.stream(best.decreasing())
                .mapToInt(Scorer::itemOf)
                .mapToObj(related -> new Recommendation(related, scores[head.position(related)], Source.MODEL))
                .toList();
    }

    private double kernel(int i, int j) {
        double sum = 0;
        for (int component = 0; component < rank; component++) {
            sum += factor[i * rank + component] * gain[component] * factor[j * rank + component];
        }
        return sum;
    }

    /** Larger for better: the score's place on the grid in the upper half, the item in the lower, small items first. */
    static long sortKey(double score, int item) {
        long grid = Math.max(-GRID_LIMIT, Math.min(GRID_LIMIT, Math.round(score / TIE)));
        return (grid << 32) | (Integer.MAX_VALUE - item);
    }

    static int itemOf(long key) {
        return Integer.MAX_VALUE - (int) key;
    }
}
