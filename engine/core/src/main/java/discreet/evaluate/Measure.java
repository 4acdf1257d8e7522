package discreet.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.catalogue.Catalogue;
import discreet.catalogue.ListRules;
import discreet.history.HistoryForm;
import discreet.history.UserHistory;
import discreet.model.ReleasedModel;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Computes one user's metrics. Only their noisy sums over all users are released ({@link MetricSum}).
 * Rankings and rating models each have a measure. A user's metrics are a function of that user's rows and of
 * the model, which is public.
 *
 * @param <H> one side of the user's rows
 */
public sealed interface Measure<H> extends Serializable permits RankingMeasure, RatingMeasure {
    /**
     * Returns the measure for a model.
     *
     * @param lists rules for the lists of a ranking, ignored for a rating model
     * @param cutoffs where lists are cut, as in {@link RankingMeasure#of}
     */
    static Measure<?> of(ReleasedModel model, ListRules lists, int... cutoffs) {
        return model.match(ranking -> RankingMeasure.of(ranking, lists, cutoffs), RatingMeasure::of);
    }

    /** Returns the number of metrics per user. */
    int metrics();

    /** Returns the form in which both sides are read. */
    HistoryForm<H> historyForm();

    /**
     * Returns the metrics of one user. The metrics should be in [0, 1], and {@link MetricSum} clips other
     * values.
     *
     * @param known null if the user has no known rows
     * @return null if no hidden row counts, in which case the user adds zero to the release
     */
    double @Nullable [] of(@Nullable UserHistory<H> known, UserHistory<H> hidden);

    /**
     * Adds everything that the metrics depend on to the public parameters of a release.
     *
     * @param catalogue the model's catalogue
     */
    void describe(ObjectNode parameters, Catalogue catalogue);

    /**
     * Assigns released means to named metrics in their units.
     *
     * @param means one per metric
     */
    ReleasedQuality quality(Interval[] means);
}
