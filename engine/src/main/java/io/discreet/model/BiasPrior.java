package io.discreet.model;

import java.util.Map;

/**
 * What the bias of an item is taken for before anybody's rating of it counts: a linear function of its tags, for the smallest count
 * that the model tells apart from none. Learned from released values.
 *
 * @param base for an item without tags that the prior knows
 * @param variance how far biases are from it, &gt; 0
 * @param tags what each tag adds, by the names of {@link ItemTags}
 */
public record BiasPrior(double base, double variance, Map<String, Double> tags) {

    /** @throws IllegalArgumentException if a number is not finite or the variance not &gt; 0 */
    public BiasPrior {
        if (!Double.isFinite(base)
                || !(variance > 0 && Double.isFinite(variance))
                || !tags.values().stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("a prior must be finite and its variance > 0");
        }
        tags = Map.copyOf(tags);
    }

    /** The prior mean of an item with these tags. */
    public double of(ItemTags known, int item) {
        double bias = base;
        for (int tag : known.of(item)) {
            bias += tags.getOrDefault(known.names().get(tag), 0.0);
        }
        return bias;
    }
}
