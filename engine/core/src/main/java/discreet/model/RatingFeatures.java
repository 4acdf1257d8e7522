package discreet.model;

import discreet.catalogue.ItemTags;
import discreet.statistics.BiasPrior;
import discreet.statistics.Head;
import discreet.statistics.Residuals;
import discreet.statistics.Spectrum;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a rating model knows about each item, as the numbers that a person's taste is a linear function of:
 *
 * <pre>
 *   1, log count, bias, V (one a component of the spectrum; 0 outside the head), tags (one each)
 * </pre>
 *
 * with V = Q xi^.35 / (w sqrt(count)) over the head, of mean square 1 over the counts. Log count, bias and tags are standardised: mean 0
 * and variance 1 over the counts, of all tags together, so that a rare tag is not blown up. A feature in which no counted item
 * differs is 0. An item that was never counted, because it is newer than the model or in no catalogue, has the log count of the average,
 * 0: the count of one that was counted and hardly found lies far from all that tastes are fitted on, and it says that few people chose
 * the item, which is not so of one that nobody could choose. Released values and public tags only.
 *
 * <p>Held in parts, not as a matrix: an item costs three numbers and its tags, an item of the head its components as well.
 */
final class RatingFeatures implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final double POWER = .35;
    private static final double LEAST_COUNT = .5;
    private static final double LEAST_HEAD_COUNT = 1;
    private static final double PENALTY_SLOPE = 20;
    private static final double PENALTY_TASTE = 5;
    private static final double PENALTY_TAG = 8;
    private static final int TASTE = 3;
    /** A variance below it is rounding. */
    private static final double LEAST_VARIANCE = 1e-9;

    private final Head head;
    private final int rank;
    private final double[] logCount;
    private final double[] bias;
    private final double[] userFactors;
    private final int[][] tags;
    /** Items newer than the model of which the catalogue says nothing that it knows; and all that are not in the catalogue. */
    private final boolean[] untold;

    private final double[] tagMean;
    private final double tagScale;

    RatingFeatures(RatingModel model) {
        this.head = model.head();
        this.rank = model.spectrum().rank();
        double[] counts = withUnknown(model.counts(), 0);
        double[] share = shares(counts);
        this.logCount = Arrays.stream(counts)
                .map(count -> Math.log(Math.max(count, LEAST_COUNT)))
                .toArray();
        standardise(logCount, share);
        IntStream.range(0, counts.length)
                .filter(item -> item == counts.length - 1 || model.isNewer(item))
                .forEach(item -> logCount[item] = 0);
        this.bias = withUnknown(model.biases(), BiasPrior.UNKNOWN_BIAS);
        standardise(bias, share);
        this.userFactors = userFactors(model.spectrum(), head, model.counts());
        ItemTags known = ItemTags.of(model.catalogue());
        this.tags = IntStream.rangeClosed(0, known.items())
                .mapToObj(item -> item < known.items() ? known.of(item) : new int[0])
                .toArray(int[][]::new);
        this.untold = new boolean[tags.length];
        for (int item = 0; item < untold.length; item++) {
            untold[item] = item == known.items()
                    || (model.isNewer(item) && !model.prior().covers(known, item));
        }
        this.tagMean = new double[known.count()];
        for (int item = 0; item < tags.length; item++) {
            for (int tag : tags[item]) {
                tagMean[tag] += share[item];
            }
        }
        this.tagScale =
                scale(Arrays.stream(tagMean).map(mean -> mean * (1 - mean)).sum()); // of an indicator each
    }

    /** One value an item, and one for all that are not in the catalogue. */
    private static double[] withUnknown(double[] values, double unknown) {
        double[] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = unknown;
        return all;
    }

    /** What each item is of all that was counted. */
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
        return variance > LEAST_VARIANCE ? 1 / Math.sqrt(variance) : 0;
    }

    private static double[] userFactors(Spectrum spectrum, Head head, double[] counts) {
        int rank = spectrum.rank();
        double[] userFactors = spectrum.vectors().clone();
        double[] strength = Arrays.stream(spectrum.eigenvalues())
                .map(xi -> Math.pow(xi, POWER))
                .toArray();
        double counted = 0;
        double squares = 0;
        for (int position = 0; position < head.size(); position++) {
            double count = Math.max(counts[head.item(position)], LEAST_HEAD_COUNT);
            double size = head.weight(position) * Math.sqrt(count);
            counted += count;
            for (int component = 0, at = position * rank; component < rank; component++, at++) {
                userFactors[at] *= strength[component] / size;
                squares += count * userFactors[at] * userFactors[at];
            }
        }
        double scale = counted > 0 ? scale(squares / counted) : 0;
        for (int at = 0; at < userFactors.length; at++) {
            userFactors[at] *= scale;
        }
        return userFactors;
    }

    /** Number of features. */
    int count() {
        return TASTE + rank + tagMean.length;
    }

    /** How strongly a person's weight of each feature is pulled towards 0, in ratings. */
    double[] penalties() {
        double[] penalties = new double[count()];
        penalties[0] = Residuals.SHRINKAGE; // a person's mean, as where the spectrum was learned
        Arrays.fill(penalties, 1, TASTE, PENALTY_SLOPE);
        Arrays.fill(penalties, TASTE, TASTE + rank, PENALTY_TASTE);
        Arrays.fill(penalties, TASTE + rank, penalties.length, PENALTY_TAG);
        return penalties;
    }

    /**
     * The features of an item, into {@code row}.
     *
     * @param item less than 0: one that the catalogue does not list; nothing is known of it
     */
    void fill(int item, double[] row) {
        int at = item < 0 ? logCount.length - 1 : item;
        row[0] = 1;
        row[1] = logCount[at];
        row[2] = bias[at];
        int position = item < 0 ? -1 : head.position(item);
        if (position < 0) {
            Arrays.fill(row, TASTE, TASTE + rank, 0);
        } else {
            System.arraycopy(userFactors, position * rank, row, TASTE, rank);
        }
        int first = TASTE + rank;
        if (untold[at]) {
            Arrays.fill(row, first, row.length, 0); // not known to have no tag: the average
            return;
        }
        for (int tag = 0; tag < tagMean.length; tag++) {
            row[first + tag] = -tagMean[tag] * tagScale;
        }
        for (int tag : tags[at]) {
            row[first + tag] += tagScale;
        }
    }

    /** Whether nothing is known of an item of the catalogue: newer than the model, and without a tag that tells something. */
    boolean isUntold(int item) {
        return untold[item];
    }

    /** Whether what is liked about an item is told by its tags alone: outside the head, with a tag that a counted item has. */
    boolean hasTagFactors(int item) {
        return head.position(item) < 0 && Arrays.stream(tags[item]).anyMatch(tag -> tagMean[tag] > 0);
    }

    /** Items by the cosine of what is liked about them. */
    RelatedItems related(ItemTags known) {
        double[] alike = new double[rank];
        Arrays.fill(alike, 1);
        return new RelatedItems(head, userFactors, alike, TagFactors.fit(known, head, userFactors, alike));
    }
}
