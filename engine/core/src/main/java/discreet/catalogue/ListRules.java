package discreet.catalogue;

import discreet.files.Sha256;
import java.io.Serializable;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what lists may contain, by the operator's rules, which are the same for all users.
 *
 * @param length maximum number of items in a list, at least 0
 * @param allowed items that may be in a list, by catalogue index, or null for all
 * @param reserved how many of every {@value #PLACES} places are reserved for items outside the head, from 0
 *     to {@value #PLACES}
 * @param listSeen whether a list may have items that its user has seen, as for groceries and music
 */
public record ListRules(int length, @Nullable BitSet allowed, int reserved, boolean listSeen) implements Serializable {
    /** Number of places among which {@link #reserved} are counted. */
    public static final int PLACES = 20;

    /** @throws IllegalArgumentException if a number is out of its range */
    public ListRules {
        if (length < 0 || reserved < 0 || reserved > PLACES) {
            throw new IllegalArgumentException("length must be >= 0 and reserved in [0, " + PLACES
                    + "]. Provided values: " + length + ", " + reserved);
        }
        allowed = allowed == null ? null : (BitSet) allowed.clone();
    }

    /** Creates rules for lists of what their users have not seen. */
    public ListRules(int length, @Nullable BitSet allowed, int reserved) {
        this(length, allowed, reserved, false);
    }

    /** Returns the rules for lists of the best items that their users have not seen, without restrictions. */
    public static ListRules ofLength(int length) {
        return new ListRules(length, null, 0);
    }

    /** Returns the same rules for lists of another length. */
    public ListRules withLength(int items) {
        return new ListRules(items, allowed, reserved, listSeen);
    }

    /** Returns the same rules for lists that may or may not have what their users have seen. */
    public ListRules withSeen(boolean listed) {
        return new ListRules(length, allowed, reserved, listed);
    }

    /**
     * Describes the rules, except for the length, by name in a fixed order. Values are integers and texts.
     * The ledger keeps this description of a charged evaluation, and the key of a batch of lists digests it.
     * A new rule belongs here, at the end. Then one text in the ledger, or one key, always means the same
     * rules.
     */
    public Map<String, Object> describe() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("reserved", reserved);
        description.put("allowed", allowedDigest());
        description.put("seen", listSeen ? "listed" : "left out");
        return description;
    }

    /** Returns whether lists contain simply the best items. */
    public boolean isPlain() {
        return describe().equals(ofLength(length).describe());
    }

    /**
     * Returns a digest of the allowed items only. Length and reserved places are not in it. The digest is the
     * SHA-256 (hexadecimal) of one bit per item, eight to a byte, or {@code all} if every item is allowed.
     */
    private String allowedDigest() {
        if (allowed == null) {
            return "all";
        }
        return HexFormat.of().formatHex(Sha256.digest().digest(allowed.toByteArray()));
    }

    /** Returns whether an item may be in a list. */
    public boolean allows(int item) {
        return allowed == null || allowed.get(item);
    }

    /**
     * Returns whether a place, counted from 0, is reserved for items outside the head. Reserved places are
     * spread evenly, each as the last of its run. With 2 of 20 these are the 10th and the 20th place.
     */
    public boolean isReserved(int place) {
        return (place + 1) * reserved / PLACES > place * reserved / PLACES;
    }
}
