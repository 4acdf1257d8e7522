package discreet.plan;

import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.privacy.Budget;
import java.util.List;

/** Plans for tests. */
public final class Plans {
    public static final double DELTA = 1e-5;

    /** The epsilon of a cap does not matter to a plan. */
    static final Budget CAP = new Budget(1, DELTA);

    static final Catalogue CATALOGUE = Catalogue.of(List.of(Item.of("a"), Item.of("b")));

    private Plans() {}

    /** A ranking of ratings of 4 and above over a catalogue. */
    public static RankingPlan ranking(double epsilon) {
        return (RankingPlan) request(epsilon).build().plan(CAP);
    }

    /** The same with private partition selection. */
    public static RankingPlan selecting(double epsilon, double delta, int maxItemsPerUser) {
        return (RankingPlan) request(epsilon)
                .catalogue(null)
                .maxItemsPerUser(maxItemsPerUser)
                .build()
                .plan(Budget.withItems(1, delta));
    }

    /** The same at the usual delta, for at most 500 items a user. */
    public static RankingPlan selecting(double epsilon) {
        return selecting(epsilon, DELTA, 500);
    }

    /** Ratings from .5 to 5. */
    public static RatingPlan rating(double epsilon, long expectedPeople) {
        return (RatingPlan) TrainingRequest.builder()
                .objective("rating")
                .epsilon(epsilon)
                .ratingRange(.5, 5)
                .expectedPeople(expectedPeople)
                .catalogue(CATALOGUE)
                .build()
                .plan(CAP);
    }

    static TrainingRequest.Builder request(double epsilon) {
        return TrainingRequest.builder().epsilon(epsilon).minRating(4.0).catalogue(CATALOGUE);
    }
}
