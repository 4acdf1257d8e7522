package discreet.model;

import discreet.catalogue.Catalogue;
import discreet.history.HistoryForm;
import discreet.statistics.Head;
import discreet.statistics.Spectrum;
import java.util.function.Function;

/**
 * Represents a released model. It has released values and public parameters only, so it may be published. A
 * user's list is computed from the model and from that user's own history.
 *
 * <p>Callers treat models of both objectives alike. {@link #historyForm} describes what a model reads of a
 * user, and {@link #scorer} makes lists, explanations and related items. Only files and evaluations differ
 * by objective, and these use {@link #match}.
 */
public sealed interface ReleasedModel permits RankingModel, RatingModel {
    /** Returns the objective that the model was trained for, {@code ranking} or {@code rating}. */
    String objective();

    /** Returns the form in which the model reads histories. */
    HistoryForm<?> historyForm();

    /** Returns what makes lists, explanations and related items from this model. */
    Recommender<?> scorer();

    /**
     * Returns this model over a catalogue that may have newer items, which have no ratings yet. Titles,
     * genres and metadata are those of the new catalogue. This is post-processing, so it costs no budget.
     *
     * @param wider a catalogue that contains every item of this model's, such as {@link Catalogue#with}
     * @throws IllegalArgumentException if it lacks one
     */
    ReleasedModel over(Catalogue wider);

    /**
     * Applies the function for this kind of model. Stands in for a switch over sealed types, which Java 17
     * lacks.
     */
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
