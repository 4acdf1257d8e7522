package discreet.statistics;

import discreet.catalogue.ItemTags;
import java.util.Arrays;
import java.util.Map;

/**
 * What the bias of an item is taken for before anybody's rating of it counts: a linear function of its tags, for the smallest count
 * that the model tells apart from none. Learned from released values.
 *
 * @param base what is added to the tags of an item that has any
 * @param variance how far biases are from it, &gt; 0
 * @param tags what each tag adds, by the names of {@link discreet.catalogue.ItemTags}
 */
public record BiasPrior(double base, double variance, Map<String, Double> tags) {

    /** The bias of an item that nothing is known of: it is taken for average. */
    public static final double UNTOLD = 0;

    /** @throws IllegalArgumentException if a number is not finite or the variance not &gt; 0 */
    public BiasPrior {
        if (!Double.isFinite(base)
                || !(variance > 0 && Double.isFinite(variance))
                || !tags.values().stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("a prior must be finite and its variance > 0");
        }
        tags = Map.copyOf(tags);
    }

    /** Whether an item has a tag that the prior was learned with, so that it tells something of the item. */
    public boolean tells(ItemTags known, int item) {
        return Arrays.stream(known.of(item))
                .anyMatch(tag -> tags.containsKey(known.names().get(tag)));
    }

    /** The prior mean of an item by its tags; 0, so that the item is taken for average, where these tell nothing. */
    public double of(ItemTags known, int item) {
        if (!tells(known, item)) {
            return UNTOLD;
        }
        double bias = base;
        for (int tag : known.of(item)) {
            bias += tags.getOrDefault(known.names().get(tag), 0.0);
        }
        return bias;
    }
}
