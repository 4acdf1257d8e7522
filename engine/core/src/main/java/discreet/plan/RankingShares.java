package discreet.plan;

import discreet.InputException;
import discreet.privacy.Budget;
import discreet.privacy.Rho;

/**
 * Splits the rho of a ranking training across its three vectors, in whole units that add up to the total.
 *
 * <p>The number of people gets .01, the item statistic {@code clip(.1 rho^-.25, .05, .3)} and the Gram matrix
 * the rest. The shares are public functions of the total with frozen constants, which were not tuned on
 * private data.
 */
public record RankingShares(Rho people, Rho items, Rho gram) {

    /** The smallest total that can be split, in units of 2^-40. Each vector then gets at least one unit. */
    static final long MIN_UNITS = 100;

    private static final Rho MIN = new Rho(MIN_UNITS);

    private static final int PEOPLE_PARTS = 100;

    /**
     * Splits the rho that a budget buys.
     *
     * @throws discreet.InputException if the budget is too small, with the smallest epsilon that suffices
     */
    public static RankingShares of(Budget budget) {
        return of(budget.largestRho(MIN, "train", "split across three releases"));
    }

    /**
     * Splits a total rho.
     *
     * @throws discreet.InputException if the total is too small for each vector to get at least one unit
     */
    public static RankingShares of(Rho total) {
        if (total.compareTo(MIN) < 0) {
            throw new InputException(
                    "train",
                    total + " is too small to split across three releases. The minimum is " + MIN
                            + ". Ask for a larger `epsilon`.");
        }
        Rho people = ofPeople(total);
        double share = Math.min(.3, Math.max(.05, .1 * StrictMath.pow(total.toDouble(), -.25)));
        Rho items = new Rho((long) (share * (double) total.units()));
        return new RankingShares(people, items, total.minus(people).minus(items));
    }

    /** Returns what the number of people gets of a total, for evaluations as well. */
    static Rho ofPeople(Rho total) {
        return new Rho(total.units() / PEOPLE_PARTS);
    }

    /** Returns the sum of the shares. */
    public Rho total() {
        return people.plus(items).plus(gram);
    }

    /**
     * Returns what a ranking training that was charged {@code charged} costs if one account is replaced by
     * another, instead of added or removed. It is at most twice as much, although the triangle inequality
     * alone would give four times.
     *
     * <p>For the item statistic, the contributions u and v of the two accounts have no negative entry and
     * norm at most 1, so {@code |u - v|^2 = |u|^2 + |v|^2 - 2 u.v <= 2}.
     *
     * <p>For the Gram matrix, let U and V be the strict upper triangles of {@code y y^T} and {@code z z^T},
     * where y and z have norm at most 1. Then {@code |U|^2 = (|y|^4 - sum y^4) / 2} and
     * {@code U.V = ((y.z)^2 - sum y^2 z^2) / 2}. Hence
     * {@code |U - V|^2 <= 1 - (sum y^4 + sum z^4) / 2 - (y.z)^2 + sum y^2 z^2 <= 1}, which is twice the 1/2
     * of one account. The last step uses {@code 2 y^2 z^2 <= y^4 + z^4}.
     *
     * <p>The number of people stays the same, unless one of the two accounts has no row that counts. Then it
     * changes as it does when an account is added or removed, which costs what was charged. A vector that was
     * charged twice is in {@code charged} twice.
     */
    public static Rho replacingOne(Rho charged) {
        return charged.times(2);
    }
}
