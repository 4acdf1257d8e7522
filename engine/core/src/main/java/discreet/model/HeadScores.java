package discreet.model;

import discreet.statistics.Head;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Scores all items of the head by [ R u + (f.p) p + .001 g ] / w^.5, where u are the {@link UserFactors}. A
 * user costs head size x rank multiply-adds.
 *
 * <p>There are two forms, which agree bit for bit because both add the same terms in the same order.
 * {@link #of(UserFactors)} follows the formula. It sums over the components of one item, then of the next,
 * and each addition waits for the previous one. {@link #of(List)} is a matrix product for a batch. It adds
 * a component to all items before the next component, so that neighbouring additions in the loop are
 * independent and the compiler makes vector instructions of them. It works in blocks to keep data in the
 * caches:
 *
 * <pre>
 *   for 512 positions                       scores of the block:  4 KiB a user, in the second cache
 *     for 4 components                      factors of the block: 16 KiB, in the first cache for all users
 *       for each user
 *         for each position of the block    score += factor * u, four times, in order
 * </pre>
 *
 * <p>On one core of a Xeon with AVX-512, with 1,430 items and 200 components, the first form does 1.9
 * billion multiply-adds a second and the second 11 billion. The compiler of JDK 17 makes vector
 * instructions of four components a pass, and gives up at eight. Fused multiply-adds are not used, since
 * they round differently from the formula and are a hundred times slower without hardware support.
 */
final class HeadScores implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Users whose scores are computed together. They are enough to make reading the factors cheap, and few
     * enough to keep a task small.
     */
    static final int USERS = 32;

    /** Weight of g, the direction of popularity, in a score. */
    static final double POPULARITY_WEIGHT = 1e-3;

    private static final int POSITIONS = 512;
    private static final double WEIGHT_POWER = .5;

    private final FoldIn foldIn;
    private final double[] popularity;
    private final double[] scale;
    /** R by components, rank rows of head size, so that a block of positions is contiguous. */
    private final double[][] byComponent;

    /** @param popularity g, the direction of w o max(c, 0) over the head */
    HeadScores(FoldIn foldIn, double[] popularity) {
        Head head = foldIn.head();
        int rank = foldIn.gain().length;
        this.foldIn = foldIn;
        this.popularity = popularity;
        this.scale = IntStream.range(0, head.size())
                .mapToDouble(position -> scale(head.weight(position)))
                .toArray();
        this.byComponent = new double[rank][head.size()];
        for (int position = 0; position < head.size(); position++) {
            for (int component = 0; component < rank; component++) {
                byComponent[component][position] = foldIn.factor()[position * rank + component];
            }
        }
    }

    /** Returns the factor that scales the scores of an item of this weight. */
    static double scale(double weight) {
        return 1 / Math.pow(weight, WEIGHT_POWER);
    }

    /** Returns the scores of one user, one per head position. This is the definition. */
    double[] of(UserFactors userFactors) {
        double[] factor = foldIn.factor();
        int rank = byComponent.length;
        double[] scores = new double[scale.length];
        for (int position = 0; position < scores.length; position++) {
            double score = common(userFactors, position);
            for (int component = 0, at = position * rank; component < rank; component++, at++) {
                score += factor[at] * userFactors.components()[component];
            }
            scores[position] = score * scale[position];
        }
        return scores;
    }

    private double common(UserFactors userFactors, int position) {
        return userFactors.alongPopularity() * foldIn.direction(position) + POPULARITY_WEIGHT * popularity[position];
    }

    /** Returns the scores of several users, one row each, equal to {@link #of(UserFactors)} bit for bit. */
    double[][] of(List<UserFactors> users) {
        double[][] scores = new double[users.size()][scale.length];
        for (int from = 0; from < scale.length; from += POSITIONS) {
            int to = Math.min(from + POSITIONS, scale.length);
            for (int user = 0; user < scores.length; user++) {
                for (int position = from; position < to; position++) {
                    scores[user][position] = common(users.get(user), position);
                }
            }
            int component = 0;
            for (; component + 4 <= byComponent.length; component += 4) {
                for (int user = 0; user < scores.length; user++) {
                    addFour(scores[user], from, to, byComponent, users.get(user).components(), component);
                }
            }
            for (; component < byComponent.length; component++) {
                for (int user = 0; user < scores.length; user++) {
                    addOne(
                            scores[user],
                            from,
                            to,
                            byComponent[component],
                            users.get(user).components()[component]);
                }
            }
            for (double[] own : scores) {
                for (int position = from; position < to; position++) {
                    own[position] *= scale[position];
                }
            }
        }
        return scores;
    }

    private static void addFour(
            double[] scores, int from, int to, double[][] rows, double[] userFactors, int component) {
        double[] first = rows[component];
        double[] second = rows[component + 1];
        double[] third = rows[component + 2];
        double[] fourth = rows[component + 3];
        double one = userFactors[component];
        double two = userFactors[component + 1];
        double three = userFactors[component + 2];
        double four = userFactors[component + 3];
        for (int position = from; position < to; position++) {
            // Added from left to right, as in the definition
            scores[position] = scores[position]
                    + first[position] * one
                    + second[position] * two
                    + third[position] * three
                    + fourth[position] * four;
        }
    }

    private static void addOne(double[] scores, int from, int to, double[] row, double userFactors) {
        for (int position = from; position < to; position++) {
            scores[position] += row[position] * userFactors;
        }
    }

    /** Returns g at a position. */
    double popularity(int position) {
        return popularity[position];
    }

    /** Returns the factor that scales the score of a position. */
    double scaleAt(int position) {
        return scale[position];
    }
}
