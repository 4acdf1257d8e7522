package discreet.statistics;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What the public catalogue says about the items of a head, as integer directions: rows of the Gram matrix may lean towards them, so
 * that taste which follows genres and decades gets more of a row's norm, and noise less of it.
 *
 * <p>With Phi the directions, orthonormal but for rounding, a person's row is multiplied by T = .6 I + .4 Phi Phi^T before it is scaled,
 * and the denoised matrix by the inverse of T on both sides. Phi is the left singular basis, down to .03 of the largest singular value, of
 * [tags x w x max(c, s)], s being the noise of the item statistic c, with the popularity direction taken out.
 *
 * <p><b>Privacy.</b> Tags are public, head, w and c are released: so is the basis, and it may decide how the next release looks at
 * people (adaptive composition). {@link RowBuilder} enforces the same bound on a row with it as without.
 *
 * @see RowBuilder
 */
public final class ContentBasis implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Scale of the integer directions: 2^10 stands for 1, as for the popularity direction. */
    static final int BITS = Head.DIRECTION_BITS;

    /** What is left of a row outside of the content directions. */
    static final double REST = .6;
    /** What a row has more along them. */
    static final double LEAN = .4;

    private static final double SMALLEST_SINGULAR_VALUE = .03;
    private static final double NO_VALUE = 1e-9;
    /** Undone on both sides, noise reaches about twice as far: measured on public data, docs/decisions/022-content.md. */
    private static final double BULK_UNDONE = 2;

    private final int order;
    private final int rank;
    private final long[] entries;

    private ContentBasis(int order, int rank, long[] entries) {
        this.order = order;
        this.rank = rank;
        this.entries = entries;
    }

    /** Of a catalogue that is not looked at: no directions, T = I. */
    public static ContentBasis none(Head head) {
        return new ContentBasis(head.size(), 0, new long[0]);
    }

    /**
     * The content directions of a head.
     *
     * @param statistic released item statistic c, one value an item of the catalogue
     * @param statisticSd standard deviation of the noise in it
     * @param tags one row a head position, one indicator a tag; public
     * @param threads how many threads the native library may use
     */
    public static ContentBasis of(Head head, double[] statistic, double statisticSd, double[][] tags, int threads) {
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
     * A basis that was made before, from its stored entries.
     *
     * @param entries head size x rank, row-major, at scale 2^10
     * @throws IllegalArgumentException if the entries are not so many
     */
    public static ContentBasis of(Head head, int rank, long[] entries) {
        if (rank < 0 || entries.length != (long) head.size() * rank) {
            throw new IllegalArgumentException("a content basis must have one entry a head position and direction");
        }
        for (long entry : entries) {
            if (Math.abs(entry) > 1 << BITS) {
                throw new IllegalArgumentException("an entry of a content basis must be at most 1");
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

    /** The symmetric matrix x^T x of a row-major x. */
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

    /** Number of directions. */
    public int rank() {
        return rank;
    }

    /** Integer direction at a head position, at scale 2^10. */
    public long entry(int position, int direction) {
        return entries[position * rank + direction];
    }

    /** Whether rows lean at all. */
    boolean isNone() {
        return rank == 0;
    }

    /**
     * What the spectrum of a matrix of leaning rows says about rows that do not: the inverse of T on both sides, diagonalised again.
     * Post-processing.
     *
     * <p>With A = T^-1 Q diag(sqrt xi), the matrix is A A^T; its eigenvectors are A v / |A v| for the eigenvectors v of the small A^T A.
     */
    public Spectrum undo(Spectrum leaning, int threads) {
        if (isNone()) {
            return leaning;
        }
        int kept = leaning.rank();
        double[] a = inverseTimes(leaning.vectors(), kept, threads);
        for (int i = 0; i < order; i++) {
            for (int q = 0; q < kept; q++) {
                a[i * kept + q] *= Math.sqrt(leaning.eigenvalues()[q]);
            }
        }
        double[] small = Faer.eigen(products(a, order, kept), kept, threads);
        int rank = 0;
        while (rank < kept && small[rank] > NO_VALUE * small[0]) {
            rank++;
        }
        double[] eigen = Arrays.copyOf(small, order + order * rank);
        for (int q = 0; q < rank; q++) {
            for (int i = 0; i < order; i++) {
                double sum = 0;
                for (int r = 0; r < kept; r++) {
                    sum += a[i * kept + r] * small[kept + q * kept + r];
                }
                eigen[order + q * order + i] = sum / Math.sqrt(small[q]);
            }
        }
        return new Spectrum(
                Spectrum.kept(eigen, order, rank), Arrays.copyOf(small, rank), BULK_UNDONE * leaning.bulk());
    }

    /** T^-1 Q = (Q - Phi (.6/.4 I + Phi^T Phi)^-1 Phi^T Q) / .6, by Woodbury's identity; Q is row-major with {@code columns}. */
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
            double scale = 1 / (REST / LEAN + eigen[e]);
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
                result[i * columns + column] = (result[i * columns + column] - sum) / REST;
            }
        }
        return result;
    }
}
