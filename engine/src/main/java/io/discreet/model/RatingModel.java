package io.discreet.model;

import io.discreet.gram.Head;
import io.discreet.gram.Spectrum;

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
    }
}
