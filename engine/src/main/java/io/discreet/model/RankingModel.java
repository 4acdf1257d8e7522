package io.discreet.model;

import io.discreet.gram.Head;
import io.discreet.gram.Spectrum;

/**
 * A released model that ranks: the public catalogue, the released item statistic, the head and its denoised spectrum.
 * Contains nothing about a single person, so it may be published; a person's list comes from it and from the person's own
 * history ({@link Scorer}).
 *
 * @param statistic released item statistic c, one value an item of the catalogue
 */
public record RankingModel(
        Catalogue catalogue,
        double[] statistic,
        Head head,
        Spectrum spectrum,
        Parameters parameters,
        Provenance provenance)
        implements ReleasedModel {

    /** @throws IllegalArgumentException if the parts do not belong together */
    public RankingModel {
        if (statistic.length != catalogue.size() || head.catalogueSize() != catalogue.size()) {
            throw new IllegalArgumentException("statistic and head must be over the catalogue");
        }
        if (spectrum.vectors().length != (long) head.size() * spectrum.rank()) {
            throw new IllegalArgumentException("spectrum must be over the head");
        }
    }

    /** The scoring kernel of this model. */
    public Scorer scorer() {
        return new Scorer(statistic, head, spectrum);
    }
}
