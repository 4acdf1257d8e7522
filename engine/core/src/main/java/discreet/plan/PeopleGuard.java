package discreet.plan;

import discreet.InputException;

/**
 * Decides from the released number of people whether a training goes on. The number comes
 * first and costs a hundredth of the price. Where it does not stand out of its own noise, the files were
 * probably misread (a wrong column, separator or id), and everything after it would be a model of noise.
 *
 * <p>The decision is post-processing of a released value, so it costs nothing. On data without people a
 * release passes with the probability that noise exceeds three of its standard deviations, about 1 in 740.
 *
 * @param atLeast smallest number of people with which to go on. 0 switches the guard off
 */
public record PeopleGuard(long atLeast) {
    /** The smallest number of people where the caller gives none. */
    public static final long DEFAULT_PEOPLE = 100;

    /** The guard where the caller gives none. */
    public static final PeopleGuard DEFAULT = new PeopleGuard(DEFAULT_PEOPLE);

    private static final int DEVIATIONS = 3;

    /** @throws InputException if the number is negative */
    public PeopleGuard {
        if (atLeast < 0) {
            throw new InputException(
                    "train",
                    "`atLeastPeople` must be >= 0. Provided value: " + atLeast
                            + ". Give 0 to go on with any number of people.");
        }
    }

    /**
     * Returns the number that the released one must exceed.
     *
     * @param deviation standard deviation of the noise in the released number
     */
    public double limit(double deviation) {
        return Math.max(atLeast, DEVIATIONS * deviation);
    }

    /** Returns whether a released number of people is enough. */
    public boolean admits(double released, double deviation) {
        return atLeast == 0 || released > limit(deviation);
    }
}
