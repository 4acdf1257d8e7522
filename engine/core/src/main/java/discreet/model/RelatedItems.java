package discreet.model;

import discreet.catalogue.ListRules;
import discreet.statistics.Head;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds items that the same users like, by the cosine K_ij / sqrt(K_ii K_jj) of their factors with K = R
 * diag(gain) R^T (docs/decisions/009). Models of both objectives share it.
 *
 * <p>An item outside the head that has tags takes part with the factor that its tags predict. Its length
 * includes what tags leave unexplained ({@link TagFactors#unexplained}), because otherwise means of many
 * items would come before items that are known better. Two such items are not compared, since only the
 * likeness of their tags is known. An item outside the head without tags has an empty list and is in no
 * list.
 *
 * <p>Released values and public tags only.
 */
final class RelatedItems implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Head head;
    /** Positions of the head whose items few people may be behind. */
    private final BitSet few;

    private final double[] factor;
    private final double[] gain;
    private final TagFactors tags;

    /**
     * @param few positions of the head whose items few people may be behind ({@link ReleasedCounts#few})
     * @param factor factors of the head's items, head size x rank, row-major
     * @param gain weight of each component
     * @param tags predicts these factors from tags
     */
    RelatedItems(Head head, BitSet few, double[] factor, double[] gain, TagFactors tags) {
        this.head = head;
        this.few = (BitSet) few.clone();
        this.factor = factor;
        this.gain = gain;
        this.tags = tags;
    }

    /**
     * Returns the related items, best first.
     *
     * @param rules how many, and which may be shown. Reserved places have no meaning here
     * @return items with scores in [-1, 1] that never rise, the item itself left out
     */
    List<Recommendation> of(int item, ListRules rules) {
        boolean inHead = head.position(item) >= 0;
        if (gain.length == 0 || (!inHead && !hasTagFactors(item))) {
            return List.of();
        }
        double[] own = factor(item);
        double length = length(item, own);
        double[] scores = new double[head.catalogueSize()];
        TopK best = new TopK(Math.min(rules.length(), scores.length));
        IntStream.range(0, scores.length)
                .filter(other -> other != item && rules.allows(other))
                .filter(other -> head.position(other) >= 0 || (inHead && hasTagFactors(other)))
                .forEach(other -> {
                    double[] another = factor(other);
                    double size = Math.sqrt(length * length(other, another));
                    scores[other] = size > 0 ? Math.max(-1, Math.min(1, product(own, another) / size)) : 0;
                    best.offer(scores[other], other);
                });
        List<Recommendation> list = new ArrayList<>();
        double above = Double.POSITIVE_INFINITY;
        for (int related : best.items()) {
            above = Math.min(above, scores[related]); // which may be higher by less than the grid on which they tie
            list.add(new Recommendation(related, above, source(inHead, related)));
        }
        return list;
    }

    private RecommendationSource source(boolean inHead, int other) {
        return inHead && head.position(other) >= 0 ? RecommendationSource.MODEL : RecommendationSource.TAGS;
    }

    /** Says what an item's factor comes from. */
    KnownBy knownBy(int item) {
        int position = head.position(item);
        if (gain.length == 0 || (position < 0 && !tags.has(item))) {
            return KnownBy.NOTHING;
        }
        if (position < 0) {
            return KnownBy.TAGS;
        }
        return few.get(position) ? KnownBy.FEW_PEOPLE : KnownBy.PEOPLE;
    }

    /** Returns whether an item's factor comes from its tags rather than from ratings. */
    private boolean hasTagFactors(int item) {
        return head.position(item) < 0 && tags.has(item);
    }

    private double[] factor(int item) {
        int from = head.position(item) * gain.length;
        return from < 0 ? tags.of(item) : Arrays.copyOfRange(factor, from, from + gain.length);
    }

    private double length(int item, double[] own) {
        return product(own, own) + (head.position(item) < 0 ? tags.unexplained() : 0);
    }

    private double product(double[] one, double[] other) {
        double sum = 0;
        for (int component = 0; component < gain.length; component++) {
            sum += one[component] * gain[component] * other[component];
        }
        return sum;
    }
}
