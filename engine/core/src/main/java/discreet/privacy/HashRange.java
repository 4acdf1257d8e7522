package discreet.privacy;

import discreet.InputException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Part of a population: the people whose public hash falls into one interval. Whether a person is in it depends on that
 * person's id alone, so two cells of one salt that do not overlap share nobody, whatever the data, and a person pays for the
 * releases of one of them only: see {@link Composition}.
 *
 * @param salt of the hash; cells of different salts have nothing to do with each other
 * @param from first position, from 0
 * @param to position after the last, at most {@link #POSITIONS}, above {@code from}
 */
public record HashRange(String salt, long from, long to) implements Serializable {

    /** The hash has this many values: 2^53, so that a position is a double exactly. */
    public static final long POSITIONS = 1L << 53;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,16})-(\\d{1,16})/(.*)", Pattern.DOTALL);
    private static final int UNUSED_BITS = Long.SIZE - 53;

    /** @throws discreet.InputException if the interval is empty or not one of the hash */
    public HashRange {
        if (from < 0 || to > POSITIONS || from >= to) {
            throw new InputException(
                    "Cannot use a cell of people: it must be an interval of [0, 2^53]. Provided value: [" + from + ", "
                            + to + "). Take the one that discreet split wrote.");
        }
    }

    /** The people whose hash, as a number in [0, 1), is below {@code share}. */
    public static HashRange below(String salt, double share) {
        return new HashRange(salt, 0, position(share));
    }

    /** All the others. */
    public static HashRange notBelow(String salt, double share) {
        return new HashRange(salt, position(share), POSITIONS);
    }

    /** The first position that is not below a share: scaling by a power of two is exact. */
    private static long position(double share) {
        return (long) Math.ceil(share * POSITIONS);
    }

    public boolean contains(String user) {
        long position = new SaltedHash(salt).of("person", user) >>> UNUSED_BITS;
        return from <= position && position < to;
    }

    /** {@code FROM-TO/SALT}: what {@link #parse} reads. */
    public String text() {
        return from + "-" + to + "/" + salt;
    }

    /** @throws discreet.InputException if the text is not that of a cell */
    public static HashRange parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new InputException(
                    "Cannot use a cell of people: it is not FROM-TO/SALT. Take the one that discreet split wrote.");
        }
        return new HashRange(parts.group(3), Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    /** The share of all ids that is in it, between 0 and 1. */
    public double share() {
        return (double) (to - from) / POSITIONS;
    }
}
