package discreet.statistics;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * Sets the integer scale of rows, on which 2^bits stands for norm 1.
 *
 * <p><b>Sensitivity.</b> Neighbouring data sets differ by one user, whose row x has |x|^2 at most 4^s. The
 * strict upper triangle of x x^T has squared norm ((sum x^2)^2 - sum x^4) / 2. This is at most 4^(2s) / 2,
 * whatever the released head is. So the L2 sensitivity of the sum of all triangles is at most 4^s / sqrt 2,
 * and {@link #sensitivity} rounds that up to an integer. The full matrix would have sensitivity 4^s. Leaving
 * the diagonal out therefore halves the squared sensitivity, and with it the price in rho.
 *
 * @param bits s, from 1 to 19
 */
public record RowScale(int bits) implements Serializable {
    private static final int MAX_BITS = 19;
    private static final int SUM_BITS = 62;
    private static final int DEVIATIONS = 64;

    public RowScale {
        if (bits < 1 || bits > MAX_BITS) {
            throw new IllegalArgumentException("bits must be in [1, " + MAX_BITS + "]. Provided value: " + bits);
        }
    }

    /**
     * Returns the finest scale at which no entry of the sum can pass 2^62. An entry is a sum over users of
     * products x_i x_j. Each product is at most (x_i^2 + x_j^2) / 2 in absolute value, and so at most 4^s /
     * 2.
     *
     * @param users released number of users
     * @param sd standard deviation of the noise in that number. The true number is assumed to be at most 64
     *     sd larger, which fails with probability below e^-2048. An entry that passes 2^62 all the same is
     *     folded ({@link discreet.ledger.Exact}), which costs accuracy and no privacy.
     */
    public static RowScale forUsers(double users, double sd) {
        double maxUsers = Math.max(users, 1) + DEVIATIONS * sd;
        int bits = MAX_BITS;
        while (bits > 1 && maxUsers * Math.pow(4, bits) / 2 > Math.pow(2, SUM_BITS)) {
            bits--;
        }
        return new RowScale(bits);
    }

    /** Returns 2^s, which stands for norm 1. */
    long one() {
        return 1L << bits;
    }

    /** Returns 4^s, the upper bound of a row's squared norm and the unit of Gram entries. */
    public long norm2Bound() {
        return 1L << 2 * bits;
    }

    /** Returns ceil(4^s / sqrt 2), the L2 sensitivity of the summed triangle to one user added or removed. */
    public long sensitivity() {
        // 4^s / sqrt 2 is irrational for every s, so its ceiling is its floor plus one. The argument of the
        // square root, 2^(4s - 1) < 2^76, does not fit into a long.
        return BigInteger.ONE.shiftLeft(4 * bits - 1).sqrt().longValueExact() + 1;
    }
}
