package discreet.model;

import discreet.catalogue.Catalogue;
import discreet.history.HistoryForm;
import discreet.statistics.Head;
import discreet.statistics.Spectrum;
import java.util.function.Function;

/**
 * A released model. It holds released values and public parameters only, so it may be published. What it says to one user comes from it
 * and from that user's own history.
 *
 * <p>Models of both objectives are used in one way: {@link #historyForm} says what they read of a user, and {@link #scorer} makes lists,
 * explanations and related items. Only what the objectives do not share needs to know the kind of model ({@link #match}): the files of a
 * model, and how good it is.
 */
public sealed interface ReleasedModel permits RankingModel, RatingModel {
    /** Returns the name of what the model was trained for: {@code ranking} or {@code rating}. */
    String objective();

    /** Returns the form in which the model reads histories. */
    HistoryForm<?> historyForm();

    /** Returns what makes lists, explanations and related items from this model. */
    Recommender<?> scorer();

    /**
     * Returns this model over a catalogue that may have newer items, about which no rating says anything yet. Titles, genres and metadata
     * are those of the new catalogue. Post-processing, so it costs nothing.
     *
     * @param wider a catalogue with every item of this model's, such as {@link Catalogue#with}
     * @throws IllegalArgumentException if it lacks one
     */
    ReleasedModel over(Catalogue wider);

    /** Applies the function for this kind of model: Java 17 has no switch over sealed types. */
    <R> R match(Function<? super RankingModel, R> ranking, Function<? super RatingModel, R> rating);

    /** Returns the items that were known when the model was trained. */
    Catalogue catalogue();

    /** Returns the items that tastes were learned over. */
    Head head();

    /** Returns the denoised spectrum over the head. */
    Spectrum spectrum();

    /** Returns the public parameters of the training. */
    TrainingParameters parameters();

    /** Returns where the model comes from and what it cost. */
    Provenance provenance();
}
