package discreet.evaluate.baselines;

import java.util.Arrays;
import org.ejml.data.DMatrixRBlock;
import org.ejml.dense.block.linsol.chol.CholeskyOuterSolver_MT_DDRB;

/**
 * Implements EASE, the shallow linear autoencoder of Steck, "Embarrassingly Shallow Autoencoders for Sparse
 * Data" (WWW 2019). Its item-item weights B minimise |X - X B|^2 + lambda |B|^2 with a diagonal of zero. The
 * closed form (equation 8) is B_ij = -P_ij / P_jj with P = (X^T X + lambda I)^-1. It is a strong non-private
 * ceiling for methods that learn from the Gram matrix alone.
 *
 * <p>Use it for public data only. B is computed from exact co-occurrences, so it reveals the users it was
 * trained on.
 *
 * <p>The cost is one blocked Cholesky inversion of items x items doubles. It takes tenths of a second for 600
 * items and about ten seconds for 3,500 on two cores, and grows with the cube of the items. Three such
 * matrices are held at once (300 MB at 3,500 items).
 */
public final class Ease implements Baseline {
    /**
     * The ridge with the best mean of recall@20 and NDCG@100 on the validation users of five MovieLens 1M
     * hold-outs, among 50, 100, 150, 200, 250, 300, 400, 500, 700 and 1000. (Recall was .354 at 250, .360 at
     * 400, .359 at 500 and .357 at 700, and NDCG .417, .421, .423 and .423.) The best ridge grows with the
     * number of users, and this one is for thousands.
     */
    static final double DEFAULT_LAMBDA = 500;

    /**
     * Largest number of items for which commands fit EASE. Above it, the inversion takes minutes and
     * gigabytes.
     */
    public static final int MAX_ITEMS = 5_000;

    /** The largest number of items whose square fits into an array. */
    private static final int MAX_ARRAY_ITEMS = 46_340;

    private final int items;
    private final double[] weights; // row-major, B[i * items + j] is what having i says about j

    private Ease(int items, double[] weights) {
        this.items = items;
        this.weights = weights;
    }

    /** Fits with {@link #DEFAULT_LAMBDA}. */
    public static Ease fit(Iterable<int[]> users, int items) {
        return fit(users, items, DEFAULT_LAMBDA);
    }

    /**
     * Fits the item-item weights B.
     *
     * @param users distinct item indices of each user, all below {@code items}
     * @param lambda ridge, in users
     */
    static Ease fit(Iterable<int[]> users, int items, double lambda) {
        if (!(lambda > 0 && Double.isFinite(lambda))) {
            throw new IllegalArgumentException("lambda must be > 0 and finite. Provided value: " + lambda);
        }
        if (items < 0 || items > MAX_ARRAY_ITEMS) {
            throw new IllegalArgumentException(
                    "items must be between 0 and " + MAX_ARRAY_ITEMS + ". Provided value: " + items);
        }
        double[] weights = new double[items * items];
        if (items > 0) {
            DMatrixRBlock inverse = inverse(ridged(gram(users, items), lambda));
            double[] diagonal = new double[items];
            Arrays.setAll(diagonal, j -> inverse.get(j, j));
            for (int i = 0; i < items; i++) {
                for (int j = 0; j < items; j++) {
                    weights[i * items + j] = i == j ? 0 : -inverse.get(i, j) / diagonal[j];
                }
            }
        }
        return new Ease(items, weights);
    }

    /**
     * Returns the upper triangle of X^T X. Entry [i][j - i] is the number of users who have both i and j >=
     * i.
     */
    static int[][] gram(Iterable<int[]> users, int items) {
        int[][] gram = new int[items][];
        Arrays.setAll(gram, i -> new int[items - i]);
        for (int[] history : users) {
            int[] sorted = history.clone();
            Arrays.sort(sorted);
            for (int q = 0; q < sorted.length; q++) {
                int i = sorted[q];
                int[] row = gram[i];
                for (int r = q; r < sorted.length; r++) {
                    row[sorted[r] - i]++;
                }
            }
        }
        return gram;
    }

    private static DMatrixRBlock ridged(int[][] gram, double lambda) {
        int items = gram.length;
        DMatrixRBlock full = new DMatrixRBlock(items, items);
        for (int i = 0; i < items; i++) {
            full.set(i, i, gram[i][0] + lambda);
            for (int j = i + 1; j < items; j++) {
                full.set(i, j, gram[i][j - i]);
                full.set(j, i, gram[i][j - i]);
            }
        }
        return full;
    }

    /**
     * Inverts a symmetric positive definite matrix, which is overwritten. The blocked algorithm is twice as
     * fast as LAPACK in plain Java.
     */
    private static DMatrixRBlock inverse(DMatrixRBlock symmetric) {
        CholeskyOuterSolver_MT_DDRB solver = new CholeskyOuterSolver_MT_DDRB();
        if (!solver.setA(symmetric)) {
            throw new IllegalStateException("a Gram matrix with a ridge must be positive definite");
        }
        DMatrixRBlock inverse = new DMatrixRBlock(symmetric.numRows, symmetric.numCols, symmetric.blockLength);
        solver.invert(inverse);
        return inverse;
    }

    @Override
    public double[] scores(int[] history) {
        double[] scores = new double[items];
        for (int i : history) {
            int row = i * items;
            for (int j = 0; j < items; j++) {
                scores[j] += weights[row + j];
            }
        }
        return scores;
    }
}
