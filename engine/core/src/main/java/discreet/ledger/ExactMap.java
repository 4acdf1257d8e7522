package discreet.ledger;

import java.util.Arrays;
import java.util.Map;

/**
 * Exact sums by a key, over private rows, that have not been released. Which keys there are, and how many, is as private as the
 * sums: all of it is readable inside this package alone.
 *
 * <p>Layout: keys in their natural order and beside them the sums, clamped to +-2^62. It is made before DRAW, so that a map that does not fit
 * into memory fails where nothing was drawn; what is added to it after that is one array of noisy sums, and what comes out.
 */
public final class ExactMap {

    private final String[] keys;
    private final long[] sums;

    private ExactMap(String[] keys, long[] sums) {
        this.keys = keys;
        this.sums = sums;
    }

    /** Keeps the keys, but not the map. */
    public static ExactMap of(Map<String, Long> sums) {
        String[] keys = sums.keySet().toArray(new String[0]);
        Arrays.sort(keys);
        long[] clamped = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            clamped[i] = Exact.clamped(sums.getOrDefault(keys[i], 0L));
        }
        return new ExactMap(keys, clamped);
    }

    /** Ascending and distinct. Without copying; for reading. */
    String[] keys() {
        return keys;
    }

    /** In the order of the keys, from -2^62 to 2^62. Without copying; for reading. */
    long[] sums() {
        return sums;
    }

    /** Not even how many: that would be a release. */
    @Override
    public String toString() {
        return "ExactMap";
    }
}
