package discreet.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.ledger.PlannedVector;
import discreet.ledger.ReleasePlan;
import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import discreet.statistics.BiasSum;
import discreet.statistics.Head;
import discreet.statistics.MeanSum;
import discreet.statistics.PackedTriangle;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plans a rating training, whose vectors are people and mean, two rounds of item biases and Gram matrix. The
 * request and the budget determine everything else.
 */
public final class RatingPlan implements TrainingPlan {
    /** Weight of the count in a user's vector in the first round ({@link discreet.statistics.BiasSum}). */
    public static final double FIRST_ALPHA = .4;

    /**
     * The same weight in the second round, which is smaller because the first round has measured the counts.
     */
    public static final double SECOND_ALPHA = .2;

    private final TrainingRequest request;
    private final Objective.Rating rating;
    private final Budget budget;

    /** Rounded down to one digit. Shares depend on it, and privacy does not. */
    private final long expectedPeople;

    private final RatingShares shares;

    private RatingPlan(
            TrainingRequest request, Objective.Rating rating, Budget budget, long expectedPeople, RatingShares shares) {
        this.request = request;
        this.rating = rating;
        this.budget = budget;
        this.expectedPeople = expectedPeople;
        this.shares = shares;
    }

    static RatingPlan of(TrainingRequest request, Objective.Rating rating, Budget budget) {
        long rounded = toOneDigit(rating.expectedPeople());
        return new RatingPlan(request, rating, budget, rounded, RatingShares.of(budget, rounded));
    }

    /**
     * Rounds a number of people down to one digit. The plan is public, and the operator must not give an
     * exact count of the data, which no code can check. One digit tells less of a count that should not have
     * been given, and the shares need no more.
     */
    private static long toOneDigit(long people) {
        long unit = 1;
        while (people / unit >= 10) {
            unit *= 10;
        }
        return people / unit * unit;
    }

    @Override
    public TrainingRequest request() {
        return request;
    }

    /** Returns the request's objective. */
    public Objective.Rating rating() {
        return rating;
    }

    @Override
    public Budget budget() {
        return budget;
    }

    /** Returns what each of its vectors costs. */
    public RatingShares shares() {
        return shares;
    }

    @Override
    public PrivacyCost price() {
        return new PrivacyCost(shares.total(), Delta.ZERO);
    }

    /** Plans the number of people and their mean rating. One account adds 1 and a number in [-1, 1]. */
    @Override
    public VectorPlan people() {
        return new VectorPlan(VectorName.PEOPLE_AND_MEAN, shares.people(), MeanSum.sensitivity(), 1L << MeanSum.BITS);
    }

    /** Plans counts and sums of items, first round. One account adds a vector of norm 1. */
    public VectorPlan firstRound() {
        return new VectorPlan(VectorName.FIRST_BIASES, shares.firstRound(), BiasSum.sensitivity(), 1L << BiasSum.BITS);
    }

    /** Plans the same against the biases of the first round. */
    public VectorPlan secondRound() {
        return new VectorPlan(
                VectorName.SECOND_BIASES, shares.secondRound(), BiasSum.sensitivity(), 1L << BiasSum.BITS);
    }

    @Override
    public VectorPlan items() {
        return secondRound();
    }

    @Override
    public Rho gramRho() {
        return shares.gram();
    }

    @Override
    public Head.Rule headRule() {
        return Head.Rule.RATING;
    }

    @Override
    public <R> R match(Function<? super RankingPlan, R> ranked, Function<? super RatingPlan, R> rated) {
        return rated.apply(this);
    }

    @Override
    public ReleaseKind kind() {
        return new ReleaseKind.Rating();
    }

    @Override
    public List<QuotedVector> vectors(Assumptions assumed) {
        return List.of(
                new QuotedVector("people and mean", people(), 2),
                new QuotedVector("biases, round 1", firstRound(), 2L * assumed.items()),
                new QuotedVector("biases, round 2", secondRound(), 2L * assumed.items()),
                new QuotedVector("Gram matrix", gram(assumed), PackedTriangle.length(headSize(assumed))));
    }

    @Override
    public String contributions() {
        return "One account adds 1 to the number of people and at most 1 to the sum of means, a vector of norm 1 to"
                + " each round of biases,"
                + " and at most 1/2 to an entry of the Gram matrix.";
    }

    @Override
    public long assumedPeople() {
        return expectedPeople;
    }

    @Override
    public ReleasePlan reservation(String releaseId) {
        ObjectNode json = new ObjectMapper()
                .createObjectNode()
                .put("objective", rating.name())
                .put("epsilon", budget.epsilon())
                .put("expectedPeople", expectedPeople)
                .put("catalogue", request.items().ledgerText())
                .put("maxItemsPerUser", request.maxItemsPerUser())
                .put("maxHead", request.maxHead());
        json.putArray("ratingRange")
                .add(rating.range().low())
                .add(rating.range().high());
        return new ReleasePlan(
                releaseId,
                json.toString(),
                request.users(),
                List.of(
                        people().reserved(),
                        firstRound().reserved(),
                        secondRound().reserved(),
                        new PlannedVector(VectorName.GRAM.text(), gramRho())));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RatingPlan plan && request.equals(plan.request) && budget.equals(plan.budget);
    }

    @Override
    public int hashCode() {
        return Objects.hash(request, budget);
    }
}
