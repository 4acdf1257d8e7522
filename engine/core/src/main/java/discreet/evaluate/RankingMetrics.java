package discreet.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Computes recall and NDCG of a list against held-out items, as in Liang et al., "Variational Autoencoders
 * for Collaborative Filtering" (2018), section 4.2. Recall is normalised by min(k, labels), so that a perfect
 * list has 1 at every k. NDCG has gain 1 for a label at rank r, discounted by 1 / log2(r + 1).
 *
 * <p>Both are in [0, 1] for every input. Repeated labels count once, and so does a label that a list repeats.
 * A private release of these figures relies on that bound, so this class enforces it instead of trusting its
 * callers.
 */
public final class RankingMetrics {
    private RankingMetrics() {}

    /**
     * Returns the metrics of a list cut at k.
     *
     * @param ranked item indices, best first, of any number
     * @param labels held-out item indices in any order, at least one
     */
    static Metrics of(int[] ranked, int[] labels, int k) {
        return of(ranked, labels, new int[] {k}).get(0);
    }

    /**
     * Returns the metrics of one list cut at several k, in the order of the cut-offs, in one pass over the
     * list.
     */
    public static List<Metrics> of(int[] ranked, int[] labels, int[] cutoffs) {
        if (labels.length == 0) {
            throw new IllegalArgumentException("labels must not be empty");
        }
        int depth = deepest(cutoffs);
        int[] wanted = Arrays.stream(labels).sorted().distinct().toArray();
        double[] ideal = discounts(Math.min(depth, wanted.length));
        int seen = Math.min(depth, ranked.length);
        int[] hits = new int[seen + 1];
        double[] gain = new double[seen + 1];
        boolean[] found = new boolean[wanted.length];
        for (int r = 0; r < seen; r++) {
            int at = Arrays.binarySearch(wanted, ranked[r]);
            boolean hit = at >= 0 && !found[at];
            if (hit) {
                found[at] = true;
            }
            hits[r + 1] = hits[r] + (hit ? 1 : 0);
            gain[r + 1] = gain[r] + (hit ? discount(r) : 0);
        }
        List<Metrics> metrics = new ArrayList<>(cutoffs.length);
        for (int k : cutoffs) {
            int cut = Math.min(k, seen);
            int best = Math.min(k, wanted.length);
            metrics.add(new Metrics((double) hits[cut] / best, gain[cut] / ideal[best]));
        }
        return metrics;
    }

    /** Returns the largest cut-off. All cut-offs must be at least 1. */
    static int deepest(int[] cutoffs) {
        if (cutoffs.length == 0) {
            throw new IllegalArgumentException("cutoffs must not be empty");
        }
        int deepest = 0;
        for (int k : cutoffs) {
            if (k < 1) {
                throw new IllegalArgumentException("k must be at least 1. Provided value: " + k);
            }
            deepest = Math.max(deepest, k);
        }
        return deepest;
    }

    /** Returns the discounted gains of 0, 1, ... hits in a row from the top. */
    private static double[] discounts(int ranks) {
        double[] sums = new double[ranks + 1];
        for (int r = 0; r < ranks; r++) {
            sums[r + 1] = sums[r] + discount(r);
        }
        return sums;
    }

    private static double discount(int zeroBasedRank) {
        return Math.log(2) / Math.log(zeroBasedRank + 2);
    }
}
