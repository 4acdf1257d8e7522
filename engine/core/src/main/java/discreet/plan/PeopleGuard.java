package discreet.plan;

import discreet.InputException;
import discreet.Remedy;
import discreet.RunException;
import discreet.ledger.ChargedRelease;
import discreet.ledger.Released;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Decides from the released number of people whether a training or an evaluation goes on. The number comes
 * first and costs a hundredth of the price. Where it does not stand out of its own noise, the files were
 * probably misread (a wrong column, separator or id), and everything after it would be noise.
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
     * Words the error of a release that is stopped.
     *
     * @param doing what cannot be done, such as {@code train}
     * @param release what is stopped, such as {@code training}
     * @param counted what the people have who are counted, such as {@code have a row that counts}
     * @param check what else to look at, beside columns and separator
     */
    public record Wording(String doing, String release, String counted, String check) {}

    /**
     * Returns the number that the released one must exceed.
     *
     * @param deviation standard deviation of the noise in the released number
     */
    public double limit(double deviation) {
        return Math.max(atLeast, DEVIATIONS * deviation);
    }

    /** Says what to expect of the guard before a release. */
    public enum Outlook {
        /** The number of people stands three deviations of noise or more above the limit. */
        GOES_ON,
        /** The number of people is above the limit, and noise may still take it below. */
        MAY_STOP,
        /** The number of people is not above the limit. */
        STOPS
    }

    /**
     * Returns what to expect for an assumed number of people. {@link Outlook#GOES_ON} is wrong with
     * probability .00135 at most.
     */
    public Outlook outlook(long people, double deviation) {
        if (!admits(people, deviation)) {
            return Outlook.STOPS;
        }
        return atLeast == 0 || people >= limit(deviation) + DEVIATIONS * deviation ? Outlook.GOES_ON : Outlook.MAY_STOP;
    }

    /** Returns whether a released number of people is enough. */
    public boolean admits(double released, double deviation) {
        return atLeast == 0 || released > limit(deviation);
    }

    /**
     * Goes on if the released number of people is enough, or if an earlier run of this release went on.
     * Otherwise stops the release for good and gives back what was not drawn.
     *
     * @param people the plan of the vector that was drawn first
     * @param first that vector, which starts with the number of people
     * @throws RunException if there are too few
     */
    public void require(ChargedRelease release, VectorPlan people, Released first, Wording words) {
        double number = (double) first.values()[0] / people.one();
        double deviation = first.sigma() / people.one();
        if (admits(number, deviation) || release.hasDrawnBeyond(people.name())) {
            return;
        }
        release.stop();
        String message = String.format(
                Locale.ROOT,
                "Cannot %s: after noise about %,d people %s (noise +-%,d), and %,d are needed. The %s was stopped: rho"
                        + " %s was charged for that number, and the rest was given back. With so few people ask"
                        + " for a larger `epsilon`, or set `atLeastPeople` to 0. Otherwise check the columns, the"
                        + " separator, and %s.",
                words.doing(),
                Math.max(0, Math.round(number)),
                words.counted(),
                (long) Math.ceil(deviation),
                (long) Math.ceil(limit(deviation)),
                words.release(),
                charged(release),
                words.check());
        throw new RunException(message, Remedy.checkRatings());
    }

    /** Returns what is charged with three digits, rounded up like every price. */
    private static String charged(ChargedRelease release) {
        return BigDecimal.valueOf(release.price().rho().toDouble())
                .round(new MathContext(3, RoundingMode.UP))
                .toPlainString();
    }
}
