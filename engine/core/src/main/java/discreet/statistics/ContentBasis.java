package discreet.statistics;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Turns the public tags of a head's items into integer directions that rows of the Gram matrix may emphasise.
 * Tastes that follow genres and decades then get more of a row's norm, and noise drowns less of them.
 *
 * <p>Phi holds the directions, orthonormal up to rounding. A user's row is multiplied by T = .6 I + .4 Phi
 * Phi^T before it is scaled, and the denoised matrix is multiplied by the inverse of T on both sides. Phi is
 * the left singular basis of [tags x w x max(c, s)] with the popularity direction subtracted, down to .03 of
 * the largest singular value. Here w are the head's weights, c is the item statistic, and s is the standard
 * deviation of its noise.
 *
 * <p><b>Privacy.</b> Tags are public, and head, w and c are released. The basis is therefore a function of
 * public and released values, and it may shape what the next release measures (adaptive composition).
 * {@link RowBuilder} enforces the same bound on a row with a basis as without one.
 *
 * @see RowBuilder
 */
public final class ContentBasis implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Scale of the integer directions, on which 2^10 stands for 1. The popularity direction has the same. */
    static final int BITS = Head.DIRECTION_BITS;

    /** Factor of T on the part of a row outside the content directions. */
    static final double IDENTITY_WEIGHT = .6;
    /** Amount by which T's factor along the content directions is larger. */
    static final double CONTENT_WEIGHT = .4;

    private static final double SMALLEST_SINGULAR_VALUE = .03;
    private static final double NO_VALUE = 1e-9;
    /**
     * Multiplying by the inverse of T on both sides spreads the noise about twice as far, as measured on
     * public data (docs/decisions/022-content.md).
     */
    private static final double BULK_FACTOR = 2;

    private final int order;
    private final int rank;
    private final long[] entries;

    private ContentBasis(int order, int rank, long[] entries) {
        this.order = order;
        this.rank = rank;
        this.entries = entries;
    }

    /** Returns the basis without directions, T = I, for rows that ignore the tags. */
    public static ContentBasis none(Head head) {
        return new ContentBasis(head.size(), 0, new long[0]);
    }

    /**
     * Computes the content directions of a head.
     *
     * @param statistic released item statistic c, one value per item of the catalogue
     * @param statisticSd standard deviation of the noise in it
     * @param tags public, one row per head position and one indicator per tag
     * @param threads how many threads the native library may use
     */
    static ContentBasis of(Head head, double[] statistic, double statisticSd, double[][] tags, int threads) {
        int order = head.size();
        int width = order == 0 ? 0 : tags[0].length;
        double[] phi = new double[order * width];
        double[] p = unitDirection(head);
        double[] along = new double[width];
        for (int i = 0; i < order; i++) {
            double size = head.weight(i) * Math.max(statistic[head.item(i)], statisticSd);
            for (int tag = 0; tag < width; tag++) {
                phi[i * width + tag] = tags[i][tag] * size;
                along[tag] += p[i] * phi[i * width + tag];
            }
        }
        for (int i = 0; i < order; i++) {
            for (int tag = 0; tag < width; tag++) {
                phi[i * width + tag] -= p[i] * along[tag];
            }
        }
        double[] eigen = Faer.eigen(products(phi, order, width), width, threads);
        int rank = 0;
        while (rank < width && singular(eigen, rank) > SMALLEST_SINGULAR_VALUE * singular(eigen, 0)) {
            rank++;
        }
        long[] entries = new long[order * rank];
        for (int c = 0; c < rank; c++) {
            for (int i = 0; i < order; i++) {
                double sum = 0;
                for (int tag = 0; tag < width; tag++) {
                    sum += phi[i * width + tag] * eigen[width + c * width + tag];
                }
                entries[i * rank + c] = Math.round(sum / singular(eigen, c) * (1 << BITS));
            }
        }
        return new ContentBasis(order, rank, entries);
    }

    /**
     * Restores a basis from its stored entries.
     *
     * @param entries head size x rank, row-major, at scale 2^10
     * @throws IllegalArgumentException if the number of entries is another, or an entry is above 1 in
     *     absolute value
     */
    static ContentBasis of(Head head, int rank, long[] entries) {
        if (rank < 0 || entries.length != (long) head.size() * rank) {
            throw new IllegalArgumentException("a content basis must have one entry per head position and direction");
        }
        for (long entry : entries) {
            if (Math.abs(entry) > 1 << BITS) {
                throw new IllegalArgumentException("an entry of a content basis must be at most 1 in absolute value");
            }
        }
        return new ContentBasis(head.size(), rank, entries.clone());
    }

    private static double singular(double[] eigen, int component) {
        return Math.sqrt(Math.max(eigen[component], 0));
    }

    private static double[] unitDirection(Head head) {
        double norm = Math.sqrt(Math.max(head.directionNorm2(), 1));
        double[] p = new double[head.size()];
        Arrays.setAll(p, i -> head.direction(i) / norm);
        return p;
    }

    /** Returns the symmetric matrix x^T x of a row-major x. */
    private static double[] products(double[] x, int rows, int columns) {
        double[] products = new double[columns * columns];
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < columns; c++) {
                double value = x[i * columns + c];
                if (value != 0) {
                    for (int d = 0; d < columns; d++) {
                        products[c * columns + d] += value * x[i * columns + d];
                    }
                }
            }
        }
        return products;
    }

    /** Returns the number of directions. */
    int rank() {
        return rank;
    }

    /** Returns the integer entry of a direction at a head position, at scale 2^10. */
    long entry(int position, int direction) {
        return entries[position * rank + direction];
    }

    /** Returns whether this is the basis without directions. */
    boolean isEmpty() {
        return rank == 0;
    }

    /**
     * Converts the spectrum of a matrix of rows that emphasise content into that of plain rows. It multiplies
     * by the inverse of T on both sides and diagonalises again. This is post-processing.
     *
     * <p>With A = T^-1 Q diag(sqrt xi), the matrix is A A^T. Its eigenvectors are A v / |A v| for the
     * eigenvectors v of the small matrix A^T A.
     */
    public Spectrum undo(Spectrum spectrum, int threads) {
        if (isEmpty()) {
            return spectrum;
        }
        int components = spectrum.rank();
        double[] a = inverseTimes(spectrum.vectors(), components, threads);
        for (int i = 0; i < order; i++) {
            for (int q = 0; q < components; q++) {
                a[i * components + q] *= Math.sqrt(spectrum.eigenvalues()[q]);
            }
        }
        double[] small = Faer.eigen(products(a, order, components), components, threads);
        int rank = 0;
        while (rank < components && small[rank] > NO_VALUE * small[0]) {
            rank++;
        }
        double[] eigen = Arrays.copyOf(small, order + order * rank);
        for (int q = 0; q < rank; q++) {
            for (int i = 0; i < order; i++) {
                double sum = 0;
                for (int r = 0; r < components; r++) {
                    sum += a[i * components + r] * small[components + q * components + r];
                }
                eigen[order + q * order + i] = sum / Math.sqrt(small[q]);
            }
        }
        return new Spectrum(
                Spectrum.leadingVectors(eigen, order, rank), Arrays.copyOf(small, rank), BULK_FACTOR * spectrum.bulk());
    }

    /**
     * Returns T^-1 Q = (Q - Phi (.6/.4 I + Phi^T Phi)^-1 Phi^T Q) / .6, by Woodbury's identity.
     *
     * @param q row-major, with {@code columns} columns
     */
    private double[] inverseTimes(double[] q, int columns, int threads) {
        double[] phi = new double[entries.length];
        Arrays.setAll(phi, at -> Math.scalb((double) entries[at], -BITS));
        double[] eigen = Faer.eigen(products(phi, order, rank), rank, threads);
        double[] projected = new double[rank * columns]; // Phi^T Q
        for (int i = 0; i < order; i++) {
            for (int c = 0; c < rank; c++) {
                for (int column = 0; column < columns; column++) {
                    projected[c * columns + column] += phi[i * rank + c] * q[i * columns + column];
                }
            }
        }
        double[] solved = new double[rank * columns];
        for (int e = 0; e < rank; e++) {
            double scale = 1 / (IDENTITY_WEIGHT / CONTENT_WEIGHT + eigen[e]);
            int vector = rank + e * rank;
            for (int column = 0; column < columns; column++) {
                double sum = 0;
                for (int c = 0; c < rank; c++) {
                    sum += eigen[vector + c] * projected[c * columns + column];
                }
                for (int c = 0; c < rank; c++) {
                    solved[c * columns + column] += eigen[vector + c] * scale * sum;
                }
            }
        }
        double[] result = q.clone();
        for (int i = 0; i < order; i++) {
            for (int column = 0; column < columns; column++) {
                double sum = 0;
                for (int c = 0; c < rank; c++) {
                    sum += phi[i * rank + c] * solved[c * columns + column];
                }
                result[i * columns + column] = (result[i * columns + column] - sum) / IDENTITY_WEIGHT;
            }
        }
        return result;
    }
}
