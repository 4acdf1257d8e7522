package discreet.plan;

/** Plans for tests. */
public final class Plans {
    public static final double DELTA = 1e-5;

    private Plans() {}

    /** A ranking of ratings of 4 and above over listed items. */
    public static RankingPlan ranking(double epsilon) {
        return (RankingPlan) request(epsilon).build().plan(DELTA);
    }

    /** The same with private partition selection. */
    public static RankingPlan selecting(double epsilon, double delta, int maxItemsPerUser) {
        return (RankingPlan) request(epsilon)
                .itemsListed(false)
                .maxItemsPerUser(maxItemsPerUser)
                .build()
                .plan(delta);
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
                .build()
                .plan(DELTA);
    }

    static TrainingRequest.Builder request(double epsilon) {
        return TrainingRequest.builder().epsilon(epsilon).minRating(4.0);
    }
}
