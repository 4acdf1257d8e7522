package discreet.ledger;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a released vector, whose values are sums plus noise, sealed and paid for. Only this package can make
 * one, by a draw that is paid for or from a sealed file. Everything computed from it is post-processing and
 * costs nothing.
 */
public final class Released {

    private final SealedHeader header;
    private final @Nullable List<String> keys;
    private final long[] values;

    private Released(SealedHeader header, @Nullable List<String> keys, long[] values) {
        this.header = header;
        this.keys = keys;
        this.values = values;
    }

    static Released vector(SealedHeader header, long[] values) {
        return new Released(header, null, values);
    }

    /** @param keys one for each value, in their natural order */
    static Released map(SealedHeader header, List<String> keys, long[] values) {
        return new Released(header, List.copyOf(keys), values);
    }

    static Released map(SealedHeader header, SortedMap<String, Long> values) {
        return map(
                header.ofLength(values.size()),
                List.copyOf(values.keySet()),
                values.values().stream().mapToLong(Long::longValue).toArray());
    }

    SealedHeader header() {
        return header;
    }

    /** Returns the values without copying, for reading. */
    long[] sealed() {
        return values;
    }

    /** Returns whether the keys of the values were released with them. */
    boolean hasKeys() {
        return keys != null;
    }

    /**
     * Returns the keys of the values, in their natural order, if they were released. No key was known before.
     * The list is empty if the values are a vector.
     */
    public List<String> keys() {
        return keys == null ? List.of() : keys;
    }

    /** Returns the sums plus noise in the units of the exact sums, as a new array each time. */
    public long[] values() {
        return values.clone();
    }

    public int length() {
        return values.length;
    }

    /**
     * Returns the standard deviation parameter of the discrete Gaussian noise that was added to each value.
     */
    public double sigma() {
        return header.sigma();
    }

    /** Returns how far one user can move the exact sums, in Euclidean norm. */
    public double sensitivity() {
        return header.sensitivity();
    }

    public String releaseId() {
        return header.release();
    }

    /** Returns the name of the vector within its release. */
    public String vector() {
        return header.vector();
    }

    /**
     * Returns the public context that was given when the vector was drawn, as canonical JSON. A later rerun
     * does not change it.
     */
    public String context() {
        return header.context();
    }

    @Override
    public String toString() {
        return "Released[" + header.release() + " " + header.vector() + "]";
    }
}
