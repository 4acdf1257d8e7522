package discreet.model;

import discreet.statistics.Head;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The scores of all items of the head: [ R taste + (f.p) p + .001 g ] / w^.5, head size x rank multiply-adds a person.
 *
 * <p>Two forms that agree bit for bit, since a score is the same sum in the same order in both. {@link #of(UserFactors)} is the formula as it
 * stands: a sum over components for one item, then the next; each addition waits for the one before. {@link #of(List)} is a matrix
 * product for a batch: a component is added to all items before the next component is, so that neighbours in the loop do not wait for
 * each other and the compiler makes vector instructions of it. In blocks, so that what is read again is near:
 *
 * <pre>
 *   for 512 positions                                   scores of the block:  4 KiB a person, in the second cache
 *     for 4 components                                  factors of the block: 16 KiB, in the first cache for all people
 *       for each person
 *         for each position of the block                score += factor * taste, four times, in order
 * </pre>
 *
 * Measured on one core of a Xeon with AVX-512, 1,430 items and 200 components: 1.9 and 11 billion multiply-adds a second. Four components
 * a pass is what the compiler of JDK 17 makes vectors of; it gives up at eight. No fused multiply-adds: they round otherwise than the
 * formula, and without hardware for it they are a hundred times slower.
 */
final class HeadScores implements Serializable {
    private static final long serialVersionUID = 1L;

    /** People whose scores are computed together: enough that reading the factors costs little, few enough that a task holds little. */
    static final int PEOPLE = 32;

    /** What g counts. */
    static final double POPULARITY_WEIGHT = 1e-3;

    private static final int POSITIONS = 512;
    private static final double WEIGHT_POWER = .5;

    private final FoldIn foldIn;
    private final double[] popularity;
    private final double[] scale;
    /** R by components: rank rows of head size, so that a block of positions is contiguous. */
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

    /** What an item of this weight has its scores multiplied by. */
    static double scale(double weight) {
        return 1 / Math.pow(weight, WEIGHT_POWER);
    }

    /** The scores of one person, one a head position: the definition. */
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

    /** The scores of several people, one row each: {@link #of(UserFactors)} for each of them, bit for bit. */
    double[][] of(List<UserFactors> tastes) {
        double[][] scores = new double[tastes.size()][scale.length];
        for (int from = 0; from < scale.length; from += POSITIONS) {
            int to = Math.min(from + POSITIONS, scale.length);
            for (int person = 0; person < scores.length; person++) {
                for (int position = from; position < to; position++) {
                    scores[person][position] = common(tastes.get(person), position);
                }
            }
            int component = 0;
            for (; component + 4 <= byComponent.length; component += 4) {
                for (int person = 0; person < scores.length; person++) {
                    addFour(
                            scores[person],
                            from,
                            to,
                            byComponent,
                            tastes.get(person).components(),
                            component);
                }
            }
            for (; component < byComponent.length; component++) {
                for (int person = 0; person < scores.length; person++) {
                    addOne(
                            scores[person],
                            from,
                            to,
                            byComponent[component],
                            tastes.get(person).components()[component]);
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
            // From left to right, as the definition adds
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

    /** g at a position. */
    double popularity(int position) {
        return popularity[position];
    }

    /** What the score of a position is multiplied by. */
    double scaleAt(int position) {
        return scale[position];
    }
}
