package discreet.evaluate;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation that is a release measures of one person: a function of that person's rows and of the model, which is public.
 *
 * @param <H> one side of the person's rows
 */
public sealed interface Measure<H> extends Serializable permits RankingMeasure, RatingMeasure {
    /** How many numbers there are of each person. */
    int metrics();

    /**
     * Numbers in [0, 1], small or large for better; {@link MetricSum} clips what is not.
     *
     * @param known null where the person has nothing that is known
     * @return null where nothing that counts was hidden: then the person is not there
     */
    double @Nullable [] of(@Nullable H known, H hidden);
}
