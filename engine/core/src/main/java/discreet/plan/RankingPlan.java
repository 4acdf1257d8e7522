package discreet.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.InputException;
import discreet.ledger.PlannedVector;
import discreet.ledger.ReleasePlan;
import discreet.noise.ThresholdedGaussian;
import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import discreet.statistics.Head;
import discreet.statistics.ItemSum;
import discreet.statistics.PackedTriangle;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plans a ranking training, whose vectors are number of people, item statistic and Gram matrix. The request
 * and the budget determine everything else.
 */
public final class RankingPlan implements TrainingPlan {
    /** Scale of the number of people, on which 2^10 stands for one. */
    public static final int PEOPLE_BITS = 10;

    private final TrainingRequest request;
    private final Objective.Ranking ranking;
    private final Budget budget;
    private final RankingShares shares;
    private final @Nullable PartitionSelection partitionSelection;

    private RankingPlan(
            TrainingRequest request,
            Objective.Ranking ranking,
            Budget budget,
            RankingShares shares,
            @Nullable PartitionSelection partitionSelection) {
        this.request = request;
        this.ranking = ranking;
        this.budget = budget;
        this.shares = shares;
        this.partitionSelection = partitionSelection;
    }

    static RankingPlan of(TrainingRequest request, Objective.Ranking ranking, Budget budget) {
        PartitionSelection selection = request.items() instanceof ItemIds.SelectedPrivately
                ? PartitionSelection.of(budget, request.maxItemsPerUser())
                : null;
        RankingShares shares = RankingShares.of(budget);
        return new RankingPlan(request, ranking, budget, shares, selection);
    }

    @Override
    public TrainingRequest request() {
        return request;
    }

    /** Returns the request's objective. */
    public Objective.Ranking ranking() {
        return ranking;
    }

    @Override
    public Budget budget() {
        return budget;
    }

    /** Returns what each of its vectors costs. */
    public RankingShares shares() {
        return shares;
    }

    @Override
    public @Nullable PartitionSelection partitionSelection() {
        return partitionSelection;
    }

    @Override
    public PrivacyCost price() {
        return new PrivacyCost(shares.total(), partitionSelection == null ? Delta.ZERO : partitionSelection.delta());
    }

    @Override
    public double threshold() {
        if (partitionSelection == null) {
            return 0;
        }
        VectorPlan items = items();
        try {
            // The release makes the same call, so there is one threshold.
            return (double) ThresholdedGaussian.costingAtMost(
                                    partitionSelection.maxItemsPerUser(),
                                    items.sensitivity(),
                                    items.sensitivity(),
                                    items.rho().toDouble(),
                                    partitionSelection.delta().toDouble())
                            .threshold()
                    / items.one();
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    "Cannot select item ids privately: epsilon or delta is too small. Ask for a larger `epsilon`, or"
                            + " list"
                            + " the items in a public file (`items`).",
                    e);
        }
    }

    /** Plans the number of people. One account counts one. */
    @Override
    public VectorPlan people() {
        return new VectorPlan(VectorName.PEOPLE, shares.people(), 1L << PEOPLE_BITS, 1L << PEOPLE_BITS);
    }

    /** Plans the item statistic. One account adds 1/sqrt(k) to each of its k items. */
    @Override
    public VectorPlan items() {
        return new VectorPlan(VectorName.ITEMS, shares.items(), 1L << ItemSum.BITS, 1L << ItemSum.BITS);
    }

    @Override
    public Rho gramRho() {
        return shares.gram();
    }

    @Override
    public Head.Rule headRule() {
        return Head.Rule.RANKING;
    }

    @Override
    public <R> R match(Function<? super RankingPlan, R> ranked, Function<? super RatingPlan, R> rated) {
        return ranked.apply(this);
    }

    @Override
    public ReleaseKind kind() {
        return new ReleaseKind.Ranking();
    }

    @Override
    public List<QuotedVector> vectors(Assumptions assumed) {
        return List.of(
                new QuotedVector("number of people", people(), 1),
                new QuotedVector("item statistic", items(), assumed.items()),
                new QuotedVector("Gram matrix", gram(assumed), PackedTriangle.length(headSize(assumed))));
    }

    @Override
    public String contributions() {
        return "One account adds 1 to the number of people, at most 1 to an item's statistic and at most 1/2 to an"
                + " entry of the"
                + " Gram matrix.";
    }

    @Override
    public ReleasePlan reservation(String releaseId) {
        threshold(); // refuses a budget for which none exists before anything is charged
        ObjectNode json = new ObjectMapper()
                .createObjectNode()
                .put("objective", ranking.name())
                .put("epsilon", budget.epsilon())
                .put("catalogue", request.items().ledgerText())
                .put("minRating", Double.toString(ranking.minRating()))
                .put("maxItemsPerUser", request.maxItemsPerUser())
                .put("maxHead", request.maxHead());
        if (ranking.content()) {
            json.put("content", true);
        }
        return new ReleasePlan(
                releaseId,
                json.toString(),
                request.users(),
                List.of(
                        people().reserved(),
                        items().reserved(price().delta()),
                        new PlannedVector(VectorName.GRAM.text(), gramRho())));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RankingPlan plan && request.equals(plan.request) && budget.equals(plan.budget);
    }

    @Override
    public int hashCode() {
        return Objects.hash(request, budget);
    }
}
