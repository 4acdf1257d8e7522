package discreet.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.catalogue.Catalogue;
import discreet.catalogue.ListRules;
import discreet.history.HistoryForm;
import discreet.model.ReleasedModel;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a released evaluation measures of one user: a function of that user's rows and of the model, which is public. Models of each
 * objective have their own measure.
 *
 * @param <H> one side of the user's rows
 */
public sealed interface Measure<H> extends Serializable permits RankingMeasure, RatingMeasure {
    /**
     * Returns the measure for a model.
     *
     * @param lists rules for the lists of a ranking; a model of ratings is measured without lists
     * @param cutoffs where lists are cut, as in {@link RankingMeasure#of}
     */
    static Measure<?> of(ReleasedModel model, ListRules lists, int... cutoffs) {
        return model.match(ranking -> RankingMeasure.of(ranking, lists, cutoffs), RatingMeasure::of);
    }

    /** Returns the number of metrics of each user. */
    int metrics();

    /** Returns the form in which both sides are read. */
    HistoryForm<H> historyForm();

    /**
     * Measures one user. The metrics are meant to be in [0, 1], and {@link MetricSum} clips those that are not.
     *
     * @param known null if nothing is known of the user
     * @return null if nothing that counts was hidden, and then the user adds nothing to the release
     */
    double @Nullable [] of(@Nullable H known, H hidden);

    /**
     * Adds what the metrics depend on to the public parameters of a release.
     *
     * @param catalogue the model's
     */
    void describe(ObjectNode parameters, Catalogue catalogue);

    /**
     * Gives names and units to released means.
     *
     * @param means one a metric
     */
    ReleasedQuality quality(Interval[] means);
}
