package discreet.model;

import discreet.statistics.Head;
import discreet.statistics.Spectrum;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Computes a user's factors from the user's history (fold-in), as the weighted sum of the rows of the items
 * in the head. The constructor prepares these rows once. They are R = (I - p p^T) Q, in the symbols of
 * {@link RankingScorer}. The user's factors are diag(h) R^T f, so an item of the history costs one
 * multiply-add per component.
 */
final class FoldIn implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final double RIDGE = .4;

    private final Head head;
    private final double[] factor;
    private final double[] gain;
    private final double[] direction;

    FoldIn(Head head, Spectrum spectrum) {
        this.head = head;
        this.direction = unitDirection(head);
        this.factor = projected(spectrum.vectors(), direction, spectrum.rank());
        this.gain = Arrays.stream(spectrum.eigenvalues())
                .map(xi -> xi / (xi + RIDGE * spectrum.bulk()))
                .toArray();
    }

    private static double[] unitDirection(Head head) {
        double norm = Math.sqrt(head.directionNorm2());
        return IntStream.range(0, head.size())
                .mapToDouble(position -> norm > 0 ? head.direction(position) / norm : 0)
                .toArray();
    }

    /** Returns (I - p p^T) Q, row-major. */
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

    /**
     * Returns the factors of a user with this history.
     *
     * @param history distinct catalogue indices, in any order and number
     */
    UserFactors userFactors(int[] history) {
        double[] userFactors = new double[gain.length];
        double alongPopularity = 0;
        boolean known = false;
        for (int item : history) {
            int position = head.position(item);
            if (position >= 0) {
                known = true;
                double weight = head.weight(position);
                alongPopularity += weight * direction[position];
                addRow(userFactors, factor, position * userFactors.length, weight);
            }
        }
        for (int component = 0; component < userFactors.length; component++) {
            userFactors[component] *= gain[component];
        }
        return new UserFactors(userFactors, alongPopularity, known);
    }

    private static void addRow(double[] sum, double[] rows, int from, double weight) {
        for (int component = 0; component < sum.length; component++) {
            sum[component] += weight * rows[from + component];
        }
    }

    /**
     * Returns what an item j of a history adds to a score before scaling, w_j (r_i diag(h) r_j + p_i p_j).
     * It adds nothing if it is outside the head.
     *
     * @param own j, catalogue index
     * @param other r_i
     * @param alongDirection p_i
     */
    double contribution(int own, double[] other, double alongDirection) {
        int position = head.position(own);
        if (position < 0) {
            return 0;
        }
        double kernel = 0;
        for (int component = 0, at = position * gain.length; component < gain.length; component++, at++) {
            kernel += factor[at] * gain[component] * other[component];
        }
        return head.weight(position) * (kernel + direction[position] * alongDirection);
    }

    /** Returns the head that factors are over. */
    Head head() {
        return head;
    }

    /** Returns R, head size x rank, row-major. Not a copy. */
    double[] factor() {
        return factor;
    }

    /** Returns the row of R of one item of the head, by its position. This is a copy. */
    double[] factor(int position) {
        return Arrays.copyOfRange(factor, position * gain.length, (position + 1) * gain.length);
    }

    /** Returns diag(h), the weight of each component. Not a copy. */
    double[] gain() {
        return gain;
    }

    /** Returns p at a position of the head. */
    double direction(int position) {
        return direction[position];
    }
}
