package discreet.statistics;

import discreet.catalogue.ItemTags;
import java.util.Arrays;
import java.util.Map;

/**
 * Predicts the bias of an item before any of its ratings count. The prior mean is a linear function of the
 * item's tags, at the smallest count that the model distinguishes from none. It is learned from released
 * values.
 *
 * @param base added for every item that has a known tag
 * @param variance prior variance of biases about this mean, &gt; 0
 * @param tags coefficient of each tag, by the names of {@link discreet.catalogue.ItemTags}
 */
public record BiasPrior(double base, double variance, Map<String, Double> tags) {

    /** The bias of an item without any known tag, which is assumed to be average. */
    public static final double UNKNOWN_BIAS = 0;

    /** @throws IllegalArgumentException if a number is not finite or the variance is not &gt; 0 */
    public BiasPrior {
        if (!Double.isFinite(base)
                || !(variance > 0 && Double.isFinite(variance))
                || !tags.values().stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("a prior must be finite and its variance > 0");
        }
        tags = Map.copyOf(tags);
    }

    /** Returns whether an item has at least one tag that the prior was learned with. */
    public boolean covers(ItemTags known, int item) {
        return Arrays.stream(known.of(item))
                .anyMatch(tag -> tags.containsKey(known.names().get(tag)));
    }

    /** Returns the prior mean of the bias of an item from its tags, or 0 (average) if it has no known tag. */
    public double of(ItemTags known, int item) {
        if (!covers(known, item)) {
            return UNKNOWN_BIAS;
        }
        double bias = base;
        for (int tag : known.of(item)) {
            bias += tags.getOrDefault(known.names().get(tag), 0.0);
        }
        return bias;
    }
}
