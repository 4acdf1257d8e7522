package io.discreet.ledger;

/**
 * A vector that was released: sums plus noise, sealed and paid for. Only {@link Training} makes one. Everything computed
 * from it is post-processing and costs nothing.
 */
public final class Released {

    private final SealedHeader header;
    private final long[] values;

    Released(SealedHeader header, long[] values) {
        this.header = header;
        this.values = values;
    }

    SealedHeader header() {
        return header;
    }

    /** The sums plus noise, in the units of the exact sums; a new array each time. */
    public long[] values() {
        return values.clone();
    }

    public int length() {
        return values.length;
    }

    /** Standard deviation parameter of the discrete Gaussian noise that was added to each value. */
    public double sigma() {
        return header.sigma();
    }

    /** How far one person can move the exact sums, in Euclidean norm. */
    public double sensitivity() {
        return header.sensitivity();
    }

    public String releaseId() {
        return header.release();
    }

    /** The name of the vector within its release. */
    public String vector() {
        return header.vector();
    }

    /** The public context given when the vector was drawn, as canonical JSON; not what a later rerun would have given. */
    public String context() {
        return header.context();
    }

    @Override
    public String toString() {
        return "Released[" + header.release() + " " + header.vector() + "]";
    }
}
