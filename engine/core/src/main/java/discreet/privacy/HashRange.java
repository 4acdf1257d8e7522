package discreet.privacy;

import discreet.InputException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Selects the users of a population whose public hash falls into one interval. A user's id alone decides
 * whether the user is in it. So two ranges of one salt that do not overlap have no user in common, whatever
 * the data, and a user pays for the releases of only one of them (see {@link Composition}).
 *
 * @param salt of the hash. Ranges of different salts are unrelated
 * @param from first position, from 0
 * @param to position after the last, at most {@link #POSITIONS}, above {@code from}
 */
public record HashRange(String salt, long from, long to) implements Serializable {

    /** The number of values of the hash, 2^53, so that every position is exactly a double. */
    public static final long POSITIONS = 1L << 53;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,16})-(\\d{1,16})/(.*)", Pattern.DOTALL);
    private static final int UNUSED_BITS = Long.SIZE - 53;

    /** @throws InputException if the interval is empty or not one of the hash */
    public HashRange {
        if (from < 0 || to > POSITIONS || from >= to) {
            throw new InputException(
                    "Cannot use a hash range of users: it must be an interval of [0, 2^53]. Provided value: [" + from
                            + ", " + to + "). Take the one that the split wrote.");
        }
    }

    /** Returns the range of users whose hash, as a number in [0, 1), is below {@code share}. */
    public static HashRange below(String salt, double share) {
        return new HashRange(salt, 0, position(share));
    }

    /** Returns the range of all other users. */
    public static HashRange notBelow(String salt, double share) {
        return new HashRange(salt, position(share), POSITIONS);
    }

    /** Returns the first position that is not below a share. Scaling by a power of two is exact. */
    private static long position(double share) {
        return (long) Math.ceil(share * POSITIONS);
    }

    /** Returns whether the hash of a user id is in this range. */
    public boolean contains(String user) {
        long position = new SaltedHash(salt).of("person", user) >>> UNUSED_BITS;
        return from <= position && position < to;
    }

    /** Returns the text {@code FROM-TO/SALT}, which {@link #parse} reads. */
    public String text() {
        return from + "-" + to + "/" + salt;
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws InputException if the text is not that of a hash range
     */
    public static HashRange parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new InputException(
                    "Cannot use a hash range of users: it is not FROM-TO/SALT. Take the one that the split wrote.");
        }
        return new HashRange(parts.group(3), Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    /** Returns the share of all ids that is in this range, between 0 and 1. */
    public double share() {
        return (double) (to - from) / POSITIONS;
    }
}
