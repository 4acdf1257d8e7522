package discreet.ledger;

import java.util.Arrays;
import java.util.Map;

/**
 * Wraps exact sums by a key, over private rows, that have not been released. The keys and their number are as
 * private as the sums, so all of it is readable inside this package alone.
 *
 * <p>The layout is the keys in their natural order and beside them the sums, folded into +-2^62
 * ({@link Exact#folded}). The map is made before DRAW, so that a map that does not fit into memory fails
 * while nothing is drawn. After that, only one array of noisy sums and the released part need memory.
 */
public final class ExactMap {

    private final String[] keys;
    private final long[] sums;

    private ExactMap(String[] keys, long[] sums) {
        this.keys = keys;
        this.sums = sums;
    }

    /** Copies the keys and sums, and does not keep the map. */
    public static ExactMap of(Map<String, Long> sums) {
        String[] keys = sums.keySet().toArray(new String[0]);
        Arrays.sort(keys);
        long[] folded = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            folded[i] = Exact.folded(sums.getOrDefault(keys[i], 0L));
        }
        return new ExactMap(keys, folded);
    }

    /** Returns the keys, ascending and distinct, without copying. The array is for reading. */
    String[] keys() {
        return keys;
    }

    /**
     * Returns the sums in the order of the keys, from -2^62 to 2^62, without copying. The array is for
     * reading.
     */
    long[] sums() {
        return sums;
    }

    /** Leaves out even the number of keys, because that would be a release. */
    @Override
    public String toString() {
        return "ExactMap";
    }
}
