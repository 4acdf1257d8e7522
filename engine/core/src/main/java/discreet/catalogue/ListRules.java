package discreet.catalogue;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What lists are to be like: the operator's choices, the same for everybody.
 *
 * @param length how many items a list has at most, at least 0
 * @param allowed items that may be in a list, by catalogue index; null: all
 * @param reserved so many of every {@value #PLACES} places are kept for items outside the head, from 0 to {@value #PLACES}
 */
public record ListRules(int length, @Nullable BitSet allowed, int reserved) implements Serializable {
    /** Places that reserved ones are counted in. */
    public static final int PLACES = 20;

    /** @throws IllegalArgumentException if a number is out of its range */
    public ListRules {
        if (length < 0 || reserved < 0 || reserved > PLACES) {
            throw new IllegalArgumentException("length must be >= 0 and reserved in [0, " + PLACES
                    + "]. Provided values: " + length + ", " + reserved);
        }
        allowed = allowed == null ? null : (BitSet) allowed.clone();
    }

    /** Lists of the best items, whatever they are. */
    public static ListRules ofLength(int length) {
        return new ListRules(length, null, 0);
    }

    /** The same for lists of another length. */
    public ListRules withLength(int items) {
        return new ListRules(items, allowed, reserved);
    }

    /** Whether they take nothing away from lists of the best items. */
    public boolean isPlain() {
        return allowed == null && reserved == 0;
    }

    /** SHA-256 (hexadecimal) over which items are allowed, eight to a byte; {@code all} where every item is. */
    public String digest() {
        if (allowed == null) {
            return "all";
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(allowed.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Whether an item may be in a list. */
    public boolean allows(int item) {
        return allowed == null || allowed.get(item);
    }

    /** Whether a place, counted from 0, is kept for the tail: spread evenly, the last of every run. */
    public boolean isReserved(int place) {
        return (place + 1) * reserved / PLACES > place * reserved / PLACES;
    }
}
