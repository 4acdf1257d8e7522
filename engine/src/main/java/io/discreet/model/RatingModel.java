package io.discreet.model;

import io.discreet.gram.Head;
import io.discreet.gram.RatingRange;
import io.discreet.gram.Spectrum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A released model that predicts ratings: the mean, a bias an item with its uncertainty, and the denoised spectrum of tastes over the
 * head. Ratings are numbers in [-1, 1] inside of it ({@link io.discreet.gram.RatingRange}).
 *
 * @param mean released mean of people's mean ratings, in [-1, 1]
 * @param counts released count of each item of the catalogue, in contributions of weight 1; with noise, so possibly below 0
 * @param biases how much better than {@code mean} each item of the catalogue is rated, shrunk towards the prior
 * @param biasVariances what is not known of each bias, &gt; 0
 * @param prior what a bias is taken for where nothing was rated: for items that are newer than the model
 * @param spectrum over the head
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RatingModel(
        Catalogue catalogue,
        double mean,
        double[] counts,
        double[] biases,
        double[] biasVariances,
        BiasPrior prior,
        Head head,
        Spectrum spectrum,
        Parameters parameters,
        Provenance provenance)
        implements ReleasedModel {

    /** @throws IllegalArgumentException if the parts do not belong together */
    public RatingModel {
        int items = catalogue.size();
        if (counts.length != items
                || biases.length != items
                || biasVariances.length != items
                || head.catalogueSize() != items) {
            throw new IllegalArgumentException("counts, biases, variances and head must be over the catalogue");
        }
        if (spectrum.vectors().length != (long) head.size() * spectrum.rank()) {
            throw new IllegalArgumentException("spectrum must be over the head");
        }
        if (parameters.ratingRange() == null) {
            throw new IllegalArgumentException("a rating model needs the range of ratings");
        }
        if (!Double.isFinite(mean) || !finite(counts) || !finite(biases) || !finite(biasVariances)) {
            throw new IllegalArgumentException("mean, counts, biases and variances must be finite");
        }
        if (Arrays.stream(biasVariances).anyMatch(variance -> !(variance > 0))) {
            throw new IllegalArgumentException("variances must be > 0");
        }
    }

    private static boolean finite(double[] values) {
        return Arrays.stream(values).allMatch(Double::isFinite);
    }

    /** The declared range of ratings. */
    public RatingRange ratingRange() {
        return Objects.requireNonNull(parameters.ratingRange(), "checked above");
    }

    /** The predictor of this model. */
    public RatingScorer scorer() {
        return new RatingScorer(this);
    }

    /**
     * This model for a newer catalogue: what it says of an item is what the newer one says, items that it does not list stay known, and
     * the new ones have no count, the bias of the prior and no factor. Public metadata and released values only, so it costs nothing.
     */
    public RatingModel forCatalogue(Catalogue newer) {
        List<Item> all = new ArrayList<>(newer.items());
        all.addAll(catalogue.items()); // of two with one id the first counts
        Catalogue both = Catalogue.of(all);
        ItemTags tags = ItemTags.of(both);
        double[] newCounts = new double[both.size()];
        double[] newBiases = new double[both.size()];
        double[] newVariances = new double[both.size()];
        for (int item = 0; item < both.size(); item++) {
            int known = catalogue.indexOf(both.id(item));
            newCounts[item] = known < 0 ? 0 : counts[known];
            newBiases[item] = known < 0 ? prior.of(tags, item) : biases[known];
            newVariances[item] = known < 0 ? prior.variance() : biasVariances[known];
        }
        return new RatingModel(
                both, mean, newCounts, newBiases, newVariances, prior, within(both), spectrum, parameters, provenance);
    }

    private Head within(Catalogue both) {
        int[] items = IntStream.range(0, head.size())
                .map(position -> both.indexOf(catalogue.id(head.item(position))))
                .toArray();
        double[] weights =
                IntStream.range(0, head.size()).mapToDouble(head::weight).toArray();
        long[] direction =
                IntStream.range(0, head.size()).mapToLong(head::direction).toArray();
        return Head.of(items, weights, direction, both.size());
    }
}
