package discreet.evaluate;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Defines the metrics that a private evaluation releases about each user. They are a function of that user's
 * rows and of the model, which is public.
 *
 * @param <H> one side of the user's rows
 */
public sealed interface Measure<H> extends Serializable permits RankingMeasure, RatingMeasure {
    /** Returns the number of metrics per user. */
    int metrics();

    /**
     * Returns metrics in [0, 1], of which either high or low values are good. {@link MetricSum} clips other
     * values.
     *
     * @param known null if the user has no known rows
     * @return null if no hidden row counts, in which case the user does not count
     */
    double @Nullable [] of(@Nullable H known, H hidden);
}
