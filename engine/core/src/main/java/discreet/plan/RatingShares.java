package discreet.plan;

import discreet.InputException;
import discreet.privacy.Budget;
import discreet.privacy.Rho;

/**
 * Splits the rho of a rating training across its four vectors, in whole units that add up to the total.
 *
 * <p>The number of people and their mean get .01. Of the rest the biases of items get
 * {@code clip(.75 - .15 ln(n sqrt(2 rho) / 1500), .2, .85)}, a quarter of it in the first round and three
 * quarters in the second, and the Gram matrix gets what is left. So the weaker the signal, the more goes to
 * the biases, which are learned first. The constants are frozen. The operator declares n. The released number
 * of people cannot be used, because the price of every vector is reserved before the first is drawn
 * (docs/decisions/020).
 */
public record RatingShares(Rho people, Rho firstRound, Rho secondRound, Rho gram) {

    /** The smallest total that can be split, in units of 2^-40. Each vector then gets at least one unit. */
    static final long MIN_UNITS = 100;

    private static final Rho MIN = new Rho(MIN_UNITS);

    private static final int PEOPLE_PARTS = 100;
    private static final int FIRST_ROUND_PARTS = 4;

    /**
     * Splits the rho that a budget buys.
     *
     * @param expectedPeople as for {@link #of(Rho, long)}
     * @throws discreet.InputException if the budget is too small, with the smallest epsilon that suffices
     */
    public static RatingShares of(Budget budget, long expectedPeople) {
        return of(budget.largestRho(MIN, "train", "split across four releases"), expectedPeople);
    }

    /**
     * Splits a total rho.
     *
     * @param expectedPeople about how many people there are, from public knowledge, at least 1
     * @throws discreet.InputException if the total is too small for each vector to get at least one unit, or
     *     {@code expectedPeople} is not positive
     */
    public static RatingShares of(Rho total, long expectedPeople) {
        if (total.compareTo(MIN) < 0) {
            throw new InputException(
                    "train",
                    total + " is too small to split across four releases. The minimum is " + MIN
                            + ". Ask for a larger `epsilon`.");
        }
        requireExpectedPeople(expectedPeople);
        Rho people = new Rho(total.units() / PEOPLE_PARTS);
        Rho rest = total.minus(people);
        double signal = expectedPeople * Math.sqrt(2 * total.toDouble()) / 1500;
        double share = Math.min(.85, Math.max(.2, .75 - .15 * StrictMath.log(signal)));
        Rho biases = new Rho((long) (share * (double) rest.units()));
        Rho firstRound = new Rho(biases.units() / FIRST_ROUND_PARTS);
        return new RatingShares(people, firstRound, biases.minus(firstRound), rest.minus(biases));
    }

    /** @throws InputException if the number is not positive */
    static void requireExpectedPeople(long expectedPeople) {
        if (expectedPeople < 1) {
            throw new InputException(
                    "train",
                    "`expectedPeople` must be > 0. Provided value: " + expectedPeople
                            + ". Give about the number of people that there are.");
        }
    }

    /** Returns the sum of the shares. */
    public Rho total() {
        return people.plus(firstRound).plus(secondRound).plus(gram);
    }
}
