package discreet.model;

import discreet.catalogue.Catalogue;
import discreet.statistics.Head;
import discreet.statistics.Spectrum;

/**
 * A released model. Contains nothing about a single person, so it may be published; what is made for a person comes from it and from
 * that person's own history.
 */
public sealed interface ReleasedModel permits RankingModel, RatingModel {
    /** What it was trained for: {@code ranking} or {@code rating}. */
    default String objective() {
        return this instanceof RatingModel ? "rating" : "ranking";
    }

    /**
     * This model over a catalogue that also has newer items, of which nobody has said anything yet. Titles, genres and metadata are
     * those of the new catalogue. Post-processing: costs nothing.
     *
     * @param wider a catalogue with every item of this model's, such as {@link discreet.catalogue.Catalogue#with}
     * @throws IllegalArgumentException if it lacks one
     */
    ReleasedModel over(Catalogue wider);

    /** What lists and related items are made with. */
    Recommender<?> scorer();

    /** The items that were known when the model was trained. */
    Catalogue catalogue();

    /** The items that tastes were learned over. */
    Head head();

    /** What was learned over them. */
    Spectrum spectrum();

    TrainingParameters parameters();

    Provenance provenance();
}
