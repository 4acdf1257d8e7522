package discreet.model;

import discreet.catalogue.ItemTags;
import discreet.statistics.BiasPrior;
import discreet.statistics.Head;
import discreet.statistics.Residuals;
import discreet.statistics.Spectrum;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Computes the features of each item, of which a prediction is a linear function:
 *
 * <pre>
 *   1, log count, bias, V (one per component of the spectrum; 0 outside the head), tags (one each)
 * </pre>
 *
 * Here V = Q xi^.35 / (w sqrt(count)) over the head, scaled to mean square 1 over the counts. Log count,
 * bias and tags are standardised to mean 0 and variance 1 over the counts. Tags are scaled together, so
 * that a rare tag is not blown up. A feature that is the same for all counted items is 0. An item that was
 * never counted, because it is newer than the model or off the catalogue, has the average log count, 0. A
 * small count would be wrong, because it is far from the counts that users' factors are fitted on, and
 * because it says that few users chose the item although none could. All inputs are released values and
 * public tags.
 *
 * <p>Features are held in parts, not as a matrix. An item costs three numbers and its tags, and an item of
 * the head its components as well.
 */
final class RatingFeatures implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final double POWER = .35;
    private static final double MIN_COUNT = .5;
    private static final double MIN_HEAD_COUNT = 1;
    private static final double PENALTY_SLOPE = 20;
    private static final double PENALTY_COMPONENT = 5;
    private static final double PENALTY_TAG = 8;
    private static final int FIRST_COMPONENT = 3;
    /** A smaller variance is taken for rounding. */
    private static final double MIN_VARIANCE = 1e-9;

    private final Head head;
    private final int rank;
    private final double[] logCount;
    private final double[] bias;
    private final double[] factors;
    private final int[][] tags;
    /**
     * Whether the model knows nothing about an item. So it is for newer items without a tag that the prior
     * knows, and, in the last entry, for items off the catalogue.
     */
    private final boolean[] isUnknown;

    private final double[] tagMean;
    private final double tagScale;

    RatingFeatures(RatingModel model) {
        this.head = model.head();
        this.rank = model.spectrum().rank();
        double[] counts = withUnknown(model.counts(), 0);
        double[] share = shares(counts);
        this.logCount = Arrays.stream(counts)
                .map(count -> Math.log(Math.max(count, MIN_COUNT)))
                .toArray();
        standardise(logCount, share);
        IntStream.range(0, counts.length)
                .filter(item -> item == counts.length - 1 || model.isNewer(item))
                .forEach(item -> logCount[item] = 0);
        this.bias = withUnknown(model.biases(), BiasPrior.UNKNOWN_BIAS);
        standardise(bias, share);
        this.factors = factors(model.spectrum(), head, model.counts());
        ItemTags known = ItemTags.of(model.catalogue());
        this.tags = IntStream.rangeClosed(0, known.items())
                .mapToObj(item -> item < known.items() ? known.of(item) : new int[0])
                .toArray(int[][]::new);
        this.isUnknown = new boolean[tags.length];
        for (int item = 0; item < isUnknown.length; item++) {
            isUnknown[item] = item == known.items()
                    || (model.isNewer(item) && !model.prior().covers(known, item));
        }
        this.tagMean = new double[known.count()];
        for (int item = 0; item < tags.length; item++) {
            for (int tag : tags[item]) {
                tagMean[tag] += share[item];
            }
        }
        this.tagScale =
                scale(Arrays.stream(tagMean).map(mean -> mean * (1 - mean)).sum()); // summed variance of the indicators
    }

    /** Appends the value for items off the catalogue to one value per item. */
    private static double[] withUnknown(double[] values, double unknown) {
        double[] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = unknown;
        return all;
    }

    /** Returns the share of each item in the sum of all counts. */
    private static double[] shares(double[] counts) {
        double sum = Arrays.stream(counts).map(count -> Math.max(count, 0)).sum();
        return Arrays.stream(counts)
                .map(count -> sum > 0 ? Math.max(count, 0) / sum : 0)
                .toArray();
    }

    private static void standardise(double[] values, double[] share) {
        double mean = 0;
        for (int item = 0; item < values.length; item++) {
            mean += share[item] * values[item];
        }
        double variance = 0;
        for (int item = 0; item < values.length; item++) {
            values[item] -= mean;
            variance += share[item] * values[item] * values[item];
        }
        double scale = scale(variance);
        for (int item = 0; item < values.length; item++) {
            values[item] *= scale;
        }
    }

    private static double scale(double variance) {
        return variance > MIN_VARIANCE ? 1 / Math.sqrt(variance) : 0;
    }

    private static double[] factors(Spectrum spectrum, Head head, double[] counts) {
        int rank = spectrum.rank();
        double[] factors = spectrum.vectors().clone();
        double[] strength = Arrays.stream(spectrum.eigenvalues())
                .map(xi -> Math.pow(xi, POWER))
                .toArray();
        double counted = 0;
        double squares = 0;
        for (int position = 0; position < head.size(); position++) {
            double count = Math.max(counts[head.item(position)], MIN_HEAD_COUNT);
            double size = head.weight(position) * Math.sqrt(count);
            counted += count;
            for (int component = 0, at = position * rank; component < rank; component++, at++) {
                factors[at] *= strength[component] / size;
                squares += count * factors[at] * factors[at];
            }
        }
        double scale = counted > 0 ? scale(squares / counted) : 0;
        for (int at = 0; at < factors.length; at++) {
            factors[at] *= scale;
        }
        return factors;
    }

    /** Returns the number of features. */
    int count() {
        return FIRST_COMPONENT + rank + tagMean.length;
    }

    /** Returns how strongly a user's weight of each feature is pulled towards 0, in ratings. */
    double[] penalties() {
        double[] penalties = new double[count()];
        penalties[0] = Residuals.SHRINKAGE; // the user's mean, as in the rows that the spectrum was learned from
        Arrays.fill(penalties, 1, FIRST_COMPONENT, PENALTY_SLOPE);
        Arrays.fill(penalties, FIRST_COMPONENT, FIRST_COMPONENT + rank, PENALTY_COMPONENT);
        Arrays.fill(penalties, FIRST_COMPONENT + rank, penalties.length, PENALTY_TAG);
        return penalties;
    }

    /**
     * Writes the features of an item into {@code row}.
     *
     * @param item negative for an item off the catalogue, about which nothing is known
     */
    void fill(int item, double[] row) {
        int at = item < 0 ? logCount.length - 1 : item;
        row[0] = 1;
        row[1] = logCount[at];
        row[2] = bias[at];
        int position = item < 0 ? -1 : head.position(item);
        if (position < 0) {
            Arrays.fill(row, FIRST_COMPONENT, FIRST_COMPONENT + rank, 0);
        } else {
            System.arraycopy(factors, position * rank, row, FIRST_COMPONENT, rank);
        }
        int first = FIRST_COMPONENT + rank;
        if (isUnknown[at]) {
            Arrays.fill(row, first, row.length, 0); // its tags are unknown, so it gets the average
            return;
        }
        for (int tag = 0; tag < tagMean.length; tag++) {
            row[first + tag] = -tagMean[tag] * tagScale;
        }
        for (int tag : tags[at]) {
            row[first + tag] += tagScale;
        }
    }

    /**
     * Returns whether the model knows nothing about an item, because it is newer and has no tag that the
     * prior knows.
     */
    boolean isUnknown(int item) {
        return isUnknown[item];
    }

    /**
     * Returns whether only its tags say who likes an item. It is then outside the head and has a tag that a
     * counted item has.
     */
    boolean hasTagFactors(int item) {
        return head.position(item) < 0 && Arrays.stream(tags[item]).anyMatch(tag -> tagMean[tag] > 0);
    }

    /**
     * Returns related items by the cosine of their V.
     *
     * @param few positions of the head whose items few people may be behind
     */
    RelatedItems related(ItemTags known, BitSet few) {
        double[] alike = new double[rank];
        Arrays.fill(alike, 1);
        return new RelatedItems(head, few, factors, alike, TagFactors.fit(known, head, factors, alike));
    }
}
