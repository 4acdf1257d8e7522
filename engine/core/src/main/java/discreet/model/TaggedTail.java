package discreet.model;

import discreet.catalogue.ListRules;
import discreet.statistics.Head;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The scores of items outside the head whose tags the head knows: the formula of {@link HeadScores} with the factor that the tags tell
 * ({@link TagFactors}), the weight that the item's c would give it, and its share of g in the place of its share of p. They are for the
 * places that {@link discreet.catalogue.ListRules} reserve; elsewhere such an item ranks by c, since scores of the two kinds do not compare: tags tell less,
 * so they are smaller.
 *
 * <p>Cost of a person: one product a tag and one addition for every tag of every such item.
 */
final class TaggedTail implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TagFactors tags;
    /** Items outside the head that have a factor, ascending; and their shares of g and what their scores are multiplied by. */
    private final int[] items;

    private final double[] popularity;
    private final double[] scale;

    /** @param norm what w o max(c, 0) is divided by to be g */
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

    /** What a person's taste says of these items; nothing where it is not known. */
    Scores scores(UserFactors userFactors) {
        return new Scores(userFactors);
    }

    /** Where an item is among these; less than 0 where it is not. */
    int indexOf(int item) {
        return Arrays.binarySearch(items, item);
    }

    /** The factor that an item's tags tell. */
    double[] factor(int item) {
        return tags.of(item);
    }

    double popularity(int at) {
        return popularity[at];
    }

    double scaleAt(int at) {
        return scale[at];
    }

    /** One person's scores, computed when they are asked for. */
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

        /** Items for reserved places, best first. */
        int[] best(int[] history, ListRules rules) {
            if (!userFactors.known()) {
                return new int[0];
            }
            TopK best = new TopK(Math.min(rules.length(), items.length));
            for (int at = 0; at < items.length; at++) {
                if (rules.allows(items[at]) && Arrays.binarySearch(history, items[at]) < 0) {
                    best.offer(at(at), items[at]);
                }
            }
            return best.items();
        }
    }
}
