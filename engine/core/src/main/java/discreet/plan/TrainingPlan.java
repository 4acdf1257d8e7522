package discreet.plan;

import discreet.InputException;
import discreet.ledger.ReleasePlan;
import discreet.noise.Threads;
import discreet.privacy.Budget;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import discreet.statistics.Head;
import discreet.statistics.RowScale;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Computes the price, noise and vectors of a training, from public numbers alone. The plan is not a forecast
 * of the training. It is the object that is quoted, reserved and charged, so a training charges what was
 * quoted to the unit and draws the noise that was quoted to the last bit. A quote has to assume what only the
 * training will release, the number of people ({@link Assumptions}).
 */
public sealed interface TrainingPlan permits RankingPlan, RatingPlan {
    /**
     * CPU time of one draw on one core, in microseconds, rounded up: 3.5 at a sigma of 4e4 and 4.4 at 9e11
     * (100,000 draws a call, on a busy Xeon, docs/decisions/024). Two virtual cores of an EPYC took twice as
     * long. The figure gives readers of a quote the order of magnitude.
     */
    double DRAW_MICROSECONDS = 5;

    /** Returns the request that this plan prices. */
    TrainingRequest request();

    /** Returns what the training may cost, alone. */
    Budget budget();

    /** Returns what is charged for all vectors together. */
    PrivacyCost price();

    /**
     * Returns the cost of selecting item ids privately, beside the rho of a vector. Null if a catalogue lists
     * the items.
     */
    default @Nullable PartitionSelection partitionSelection() {
        return null;
    }

    /**
     * Returns the threshold that an item's noisy statistic must pass for its id to be released, in people,
     * each weighing 1/sqrt(k) with k items. It is 0 where a catalogue lists the items.
     *
     * @throws InputException if the budget is too small for any threshold
     */
    default double threshold() {
        return 0;
    }

    /**
     * Applies the function for this kind of plan. Stands in for a switch over sealed types, which Java 17
     * lacks.
     */
    <R> R match(Function<? super RankingPlan, R> ranking, Function<? super RatingPlan, R> rating);

    /** Returns what statements will call this training. */
    ReleaseKind kind();

    /**
     * Returns what releases of this objective cost where one account is replaced by another, if
     * {@code charged} was charged.
     */
    default PrivacyCost replacingOne(PrivacyCost charged) {
        return kind().replacingOne(charged);
    }

    /** Plans the first vector, which holds the number of people. */
    VectorPlan people();

    /**
     * Plans the vector that says most about single items, which is the item statistic or the second round of
     * item biases.
     */
    VectorPlan items();

    /**
     * Returns what is charged for the Gram matrix. The scale of rows changes its sensitivity and sigma alike,
     * and not its price.
     */
    Rho gramRho();

    /** Returns the rule by which the size of the head is chosen. */
    Head.Rule headRule();

    /**
     * Plans the Gram matrix at an integer scale of rows. One account adds to an entry at most 1/2 in size.
     */
    default VectorPlan gram(RowScale scale) {
        return new VectorPlan(VectorName.GRAM, gramRho(), scale.sensitivity(), scale.norm2Bound());
    }

    /** Plans the Gram matrix for the assumed number of people. */
    default VectorPlan gram(Assumptions assumed) {
        return gram(RowScale.forUsers(assumed.people(), people().noise()));
    }

    /**
     * Returns the noise on an entry of the Gram matrix for rows of norm 1, by which the head is chosen. The
     * sensitivity is 1/sqrt 2, so sigma = 1 / (2 sqrt(rho)).
     */
    default double headSigma() {
        return .5 / Math.sqrt(gramRho().toDouble());
    }

    /**
     * Returns the number of items that tastes are learned over, for the assumed numbers of people and items.
     */
    default int headSize(Assumptions assumed) {
        return Head.size(headRule(), assumed.people(), headSigma(), assumed.items(), assumed.maxHead());
    }

    /**
     * Lists the vectors in the order in which they are drawn, for the assumed numbers of people and items.
     */
    List<QuotedVector> vectors(Assumptions assumed);

    /** Says in words what one account adds at most to a value of each vector. */
    String contributions();

    /** Returns the number of people to assume where the caller gives none. */
    default long assumedPeople() {
        return Assumptions.DEFAULT.people();
    }

    /**
     * Returns what the ledger reserves for this training, which is the parameters that a rerun is held
     * against, and the vectors with their prices.
     *
     * @throws InputException if the budget is too small for private partition selection, or the id is not
     *     well-formed
     * @throws IllegalStateException if the request was made without the catalogue that is to be listed
     */
    ReleasePlan reservation(String releaseId);

    /** Returns the number of values that are released, which is the number of draws. */
    default long draws(Assumptions assumed) {
        return vectors(assumed).stream().mapToLong(QuotedVector::values).sum();
    }

    /**
     * Estimates how long sampling takes on this machine: {@link #DRAW_MICROSECONDS} a draw over
     * {@link Threads#count}.
     */
    default double samplingSeconds(Assumptions assumed) {
        return draws(assumed) * DRAW_MICROSECONDS * 1e-6 / Threads.count();
    }
}
