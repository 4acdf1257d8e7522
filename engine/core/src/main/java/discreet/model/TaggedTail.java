package discreet.model;

import discreet.catalogue.ListRules;
import discreet.statistics.Head;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Scores items outside the head that share a tag with the head. The formula is that of {@link HeadScores}
 * with the factor that the tags predict ({@link TagFactors}), the weight that the item's c would give it,
 * and its share of g in place of its share of p. These scores are for the places that {@link ListRules}
 * reserve. In all other places such an item ranks by c, because the two kinds of scores do not compare.
 * Tags say less than ratings, so scores from tags are smaller.
 *
 * <p>Cost per user: one product per tag, and one addition for every tag of every such item.
 */
final class TaggedTail implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TagFactors tags;
    /**
     * Items outside the head that have a factor, ascending. The next two arrays hold their shares of g and
     * their scales.
     */
    private final int[] items;

    private final double[] popularity;
    private final double[] scale;

    /** @param norm the divisor that makes g of w o max(c, 0) */
    TaggedTail(TagFactors tags, Head head, double[] statistic, double norm) {
        this.tags = tags;
        this.items = IntStream.range(0, statistic.length)
                .filter(item -> head.position(item) < 0 && tags.has(item))
                .toArray();
        double[] weights = Arrays.stream(items)
                .mapToDouble(item -> Head.Rule.RANKING.weight(statistic[item]))
                .toArray();
        this.popularity = IntStream.range(0, items.length)
                .mapToDouble(at -> weights[at] * Math.max(statistic[items[at]], 0) / norm)
                .toArray();
        this.scale = Arrays.stream(weights).map(HeadScores::scale).toArray();
    }

    /** Returns the scores of one user. There are none if the model knows no item of the history. */
    Scores scores(UserFactors userFactors) {
        return new Scores(userFactors);
    }

    /** Returns the index of an item among these, or a negative number if it is not one of them. */
    int indexOf(int item) {
        return Arrays.binarySearch(items, item);
    }

    /** Returns the factor that an item's tags predict. */
    double[] factor(int item) {
        return tags.of(item);
    }

    /** Returns the share of g of the item at an index ({@link #indexOf}). */
    double popularity(int at) {
        return popularity[at];
    }

    /** Returns the factor that scales the score of the item at an index ({@link #indexOf}). */
    double scaleAt(int at) {
        return scale[at];
    }

    /** Computes one user's scores on request. */
    final class Scores {
        private final UserFactors userFactors;
        private final double[] along;

        private Scores(UserFactors userFactors) {
            this.userFactors = userFactors;
            this.along = userFactors.known() ? tags.along(userFactors.components()) : new double[0];
        }

        double of(int item) {
            return at(indexOf(item));
        }

        private double at(int at) {
            return (tags.product(items[at], along)
                            + (userFactors.alongPopularity() + HeadScores.POPULARITY_WEIGHT) * popularity[at])
                    * scale[at];
        }

        /**
         * Returns the items for reserved places, best first.
         *
         * @param leftOut items that the list may not have, ascending
         */
        int[] best(int[] leftOut, ListRules rules) {
            if (!userFactors.known()) {
                return new int[0];
            }
            TopK best = new TopK(Math.min(rules.length(), items.length));
            for (int at = 0; at < items.length; at++) {
                if (rules.allows(items[at]) && Arrays.binarySearch(leftOut, items[at]) < 0) {
                    best.offer(at(at), items[at]);
                }
            }
            return best.items();
        }
    }
}
