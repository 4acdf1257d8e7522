package discreet.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.InputException;
import discreet.history.RatingRange;
import discreet.ledger.PlannedVector;
import discreet.ledger.ReleasePlan;
import discreet.model.TrainingParameters;
import discreet.plan.RankingPlan.Assumptions;
import discreet.plan.RankingPlan.Vector;
import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import discreet.statistics.BiasSum;
import discreet.statistics.Head;
import discreet.statistics.MeanSum;
import discreet.statistics.PackedTriangle;
import discreet.statistics.RowScale;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rating training costs and how much noise it gets, and its plan: see {@link RankingPlan}, which is the same for rankings.
 *
 * @param budget what the training may cost, alone
 * @param expectedPeople about how many people there are, declared by the operator, to one digit: shares depend on it, privacy does not
 * @param shares what each of its releases costs
 */
public record RatingPlan(Budget budget, long expectedPeople, RatingShares shares) implements TrainingPlan {
    static final String PEOPLE = "people-and-mean";
    static final String FIRST_ROUND = "biases-1";
    static final String SECOND_ROUND = "biases-2";
    static final String GRAM = "gram";

    /** How much of a person goes into counts, by round: in the second they are known already. */
    public static final double FIRST_ALPHA = .4;

    public static final double SECOND_ALPHA = .2;

    /** @throws InputException if the budget is too small to be divided among the releases of a training, or nobody is expected */
    public static RatingPlan of(Budget budget, long expectedPeople) {
        long rounded = toOneDigit(expectedPeople);
        return new RatingPlan(budget, rounded, RatingShares.of(budget.largestRho(), rounded));
    }

    /**
     * The plan is public. An exact count of the data must not be given for it, which nothing here can know; one digit tells less of what
     * should not have been given, and shares need no more.
     */
    private static long toOneDigit(long people) {
        long unit = 1;
        while (people / unit >= 10) {
            unit *= 10;
        }
        return people / unit * unit;
    }

    /** Number of people and their mean rating: one account adds 1 and a number in [-1, 1]. */
    @Override
    public Vector people() {
        return new Vector(PEOPLE, shares.people(), MeanSum.sensitivity(), 1L << MeanSum.BITS);
    }

    /** Counts and sums of items, first round: one account adds a vector of norm 1. */
    public Vector firstRound() {
        return new Vector(FIRST_ROUND, shares.firstRound(), BiasSum.sensitivity(), 1L << BiasSum.BITS);
    }

    /** The same against the biases of the first round. */
    public Vector secondRound() {
        return new Vector(SECOND_ROUND, shares.secondRound(), BiasSum.sensitivity(), 1L << BiasSum.BITS);
    }

    @Override
    public Vector items() {
        return secondRound();
    }

    public Vector gram(RowScale scale) {
        return new Vector(GRAM, shares.gram(), scale.sensitivity(), scale.norm2Bound());
    }

    @Override
    public Vector gram(Assumptions assumed) {
        return gram(RowScale.forPeople(assumed.people(), people().noise()));
    }

    /** Noise per Gram entry for row norm 1, as the head is chosen by: sensitivity 1/sqrt 2, so sigma = 1 / (2 sqrt(rho)). */
    public double headSigma() {
        return .5 / Math.sqrt(shares.gram().toDouble());
    }

    @Override
    public String objective() {
        return "rating";
    }

    @Override
    public PrivacyCost price() {
        return new PrivacyCost(shares.total(), Delta.ZERO);
    }

    @Override
    public PrivacyCost replacingOne() {
        return ReplaceOneCost.ofRatingTraining(price());
    }

    @Override
    public List<Release> releases(Assumptions assumed) {
        return List.of(
                new Release("people and mean", people(), 2),
                new Release("biases, round 1", firstRound(), 2L * assumed.items()),
                new Release("biases, round 2", secondRound(), 2L * assumed.items()),
                new Release("Gram matrix", gram(assumed), PackedTriangle.length(headSize(assumed))));
    }

    @Override
    public String contributions() {
        return "One account adds 1 to the number of people and at most 1 to the sum of means, a vector of norm 1 to each round of biases,"
                + " and at most 1/2 to an entry of the Gram matrix.";
    }

    @Override
    public int headSize(Assumptions assumed) {
        return Head.size(Head.Rule.RATING, assumed.people(), headSigma(), assumed.items(), assumed.maxHead());
    }

    /** @throws IllegalArgumentException if the parameters have no range of ratings */
    @Override
    public ReleasePlan plan(
            String releaseId, String catalogue, TrainingParameters parameters, @Nullable HashRange hashRange) {
        RatingRange range = parameters.ratingRange();
        if (range == null) {
            throw new IllegalArgumentException("a rating training needs the range of ratings");
        }
        ObjectNode json = new ObjectMapper()
                .createObjectNode()
                .put("objective", objective())
                .put("epsilon", budget.epsilon())
                .put("expectedPeople", expectedPeople)
                .put("catalogue", catalogue)
                .put("maxItemsPerUser", parameters.maxItemsPerUser())
                .put("maxHead", parameters.maxHead());
        json.putArray("ratingRange").add(range.low()).add(range.high());
        return new ReleasePlan(
                releaseId,
                json.toString(),
                hashRange,
                List.of(
                        new PlannedVector(PEOPLE, shares.people()),
                        new PlannedVector(FIRST_ROUND, shares.firstRound()),
                        new PlannedVector(SECOND_ROUND, shares.secondRound()),
                        new PlannedVector(GRAM, shares.gram())));
    }
}
