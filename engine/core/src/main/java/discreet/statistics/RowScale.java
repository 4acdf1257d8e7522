package discreet.statistics;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * The integer scale of rows: 2^bits stands for norm 1.
 *
 * <p><b>Sensitivity.</b> Neighbouring data sets differ by one person, whose row x has |x|^2 at most 4^s. The strict upper
 * triangle of x x^T has squared norm ((sum x^2)^2 - sum x^4) / 2, at most 4^(2s) / 2, whatever the released head is; so
 * the L2 sensitivity of the sum of all triangles is at most 4^s / sqrt 2, and {@link #sensitivity} is that, rounded up to
 * an integer. Leaving the diagonal out halves the price of the full matrix.
 *
 * @param bits s, at most 19
 */
public record RowScale(int bits) implements Serializable {
    private static final int MOST_BITS = 19;
    private static final int SUM_BITS = 62;
    private static final int DEVIATIONS = 64;

    public RowScale {
        if (bits < 1 || bits > MOST_BITS) {
            throw new IllegalArgumentException("bits must be in [1, " + MOST_BITS + "]. Provided value: " + bits);
        }
    }

    /**
     * The finest scale at which no entry of the sum can pass 2^62. An entry is a sum over people of products x_i x_j, each
     * at most (x_i^2 + x_j^2) / 2 and so at most 4^s / 2.
     *
     * @param people released number of people
     * @param sd standard deviation of that release; the true number is taken to be at most 64 of them larger, which fails
     *     with probability below e^-2000
     */
    public static RowScale forPeople(double people, double sd) {
        double most = Math.max(people, 1) + DEVIATIONS * sd;
        int bits = MOST_BITS;
        while (bits > 1 && most * Math.pow(4, bits) / 2 > Math.pow(2, SUM_BITS)) {
            bits--;
        }
        return new RowScale(bits);
    }

    /** 2^s. */
    public long one() {
        return 1L << bits;
    }

    /** 4^s: what a row's squared norm never passes, and the unit of Gram entries. */
    public long norm2Bound() {
        return 1L << 2 * bits;
    }

    /** ceil(4^s / sqrt 2): L2 sensitivity of the summed triangle to one person added or removed. */
    public long sensitivity() {
        // 4^s / sqrt 2 is irrational for every s, so the floor of it plus one is its ceiling; 2^(4s - 1) < 2^76 needs
        // more than a long
        return BigInteger.ONE.shiftLeft(4 * bits - 1).sqrt().longValueExact() + 1;
    }
}
