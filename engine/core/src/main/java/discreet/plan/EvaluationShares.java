package discreet.plan;

import discreet.InputException;
import discreet.privacy.Budget;
import discreet.privacy.Rho;

/**
 * Splits the rho of an evaluation across its two vectors, in whole units that add up to the total. The number
 * of test people gets .01, as in a training, and the metrics get the rest.
 */
public record EvaluationShares(Rho people, Rho metrics) {
    private static final Rho MIN = new Rho(RankingShares.MIN_UNITS);

    /** Scale of the number of people, on which 2^20 stands for one. */
    public static final int PEOPLE_BITS = 20;

    /**
     * Splits the rho that a budget buys.
     *
     * @throws InputException if the budget is too small, with the smallest epsilon that suffices
     */
    public static EvaluationShares of(Budget budget) {
        Rho total = budget.largestRho(MIN, "evaluate", "split across two releases");
        Rho people = RankingShares.ofPeople(total);
        return new EvaluationShares(people, total.minus(people));
    }

    /** Returns the sum of the shares. */
    public Rho total() {
        return people.plus(metrics);
    }

    /**
     * Plans the number of test people. One account adds 1 or nothing, as a function of its own rows and of
     * the catalogue, so the sensitivity is 1.
     */
    public VectorPlan testPeople() {
        return new VectorPlan(VectorName.TEST_PEOPLE, people, 1L << PEOPLE_BITS, 1L << PEOPLE_BITS);
    }
}
