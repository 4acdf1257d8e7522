package discreet.plan;

import discreet.InputException;
import discreet.catalogue.Catalogue;
import discreet.catalogue.ItemTags;
import discreet.ledger.ReleasePlan;
import discreet.model.TrainingParameters;
import discreet.noise.Threads;
import discreet.plan.RankingPlan.Assumptions;
import discreet.plan.RankingPlan.Discovery;
import discreet.plan.RankingPlan.Vector;
import discreet.privacy.Budget;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a training of one objective costs and how much noise it gets, from public numbers alone. It is the plan of the training, too:
 * what is quoted is what is charged.
 */
public sealed interface TrainingPlan permits RankingPlan, RatingPlan {
    /**
     * One vector of the training.
     *
     * @param what in words
     * @param vector its price, sensitivity and noise
     * @param values how many numbers it has, each with a draw of its own
     */
    record Release(String what, Vector vector, long values) {}

    /** What the training may cost, alone. */
    Budget budget();

    /** What is learned: {@code ranking} or {@code rating}. */
    String objective();

    /** What is charged for all vectors together. */
    PrivacyCost price();

    /** What finding out the item ids costs beside the rho of a vector; null where they are listed. */
    default @Nullable Discovery discovery() {
        return null;
    }

    /**
     * What an item's statistic has to pass, noise included, for its id to come out: people, each weighing 1/sqrt(k) with k items.
     * 0 where ids are listed.
     *
     * @throws InputException if the budget is too small for any threshold
     */
    default double threshold() {
        return 0;
    }

    /** What is charged, where one account is replaced by another. */
    PrivacyCost replacingOne();

    /** Number of people, and what is released with it. */
    Vector people();

    /** What says most about single items: the item statistic, or the second round of their biases. */
    Vector items();

    /** Gram matrix, if the released number of people is as assumed. */
    Vector gram(Assumptions assumed);

    /** The vectors in the order in which they are drawn, if there are as many people and items as assumed. */
    List<Release> releases(Assumptions assumed);

    /** What one account adds to a value of each vector at most, in words. */
    String contributions();

    /** Number of items that tastes are learned over, if the released number of people is as assumed. */
    int headSize(Assumptions assumed);

    /**
     * What a plan says of a listed catalogue: its ids, and where the training looks at them its genres and decades. A rerun with
     * others is refused, as with any other parameter.
     *
     * @throws InputException if rows are to lean towards content and the catalogue has none
     */
    default String digest(Catalogue catalogue, TrainingParameters parameters) {
        if (!parameters.content() && parameters.ratingRange() == null) {
            return catalogue.digest();
        }
        ItemTags tags = ItemTags.of(catalogue);
        if (parameters.content() && tags.count() == 0) {
            throw new InputException(
                    "Cannot train with content: no item of the catalogue has genres, or a year at the end of"
                            + " its title. Add them, or leave --content out.");
        }
        return catalogue.digest() + "/" + tags.digest();
    }

    /**
     * What a training of this quote reserves: parameters that a rerun is held against, and its vectors with their prices.
     *
     * @param catalogue {@link #digest}, or {@link RankingPlan#DISCOVERED}
     * @param hashRange who pays; null: everybody
     */
    ReleasePlan plan(String releaseId, String catalogue, TrainingParameters parameters, @Nullable HashRange hashRange);

    /** How many values are released, each with a draw of its own. */
    default long draws(Assumptions assumed) {
        return releases(assumed).stream().mapToLong(Release::values).sum();
    }

    /** About how long sampling takes on this machine: {@link RankingPlan#DRAW_MICROSECONDS} over {@link Threads#count}. */
    default double samplingSeconds(Assumptions assumed) {
        return draws(assumed) * RankingPlan.DRAW_MICROSECONDS * 1e-6 / Threads.count();
    }
}
