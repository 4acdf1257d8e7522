package discreet.statistics;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Gives the denoised spectrum of a released Gram matrix, which is the eigenvalues shrunk towards their values
 * without noise and the eigenvectors of those that stand out. This is post-processing of released values.
 *
 * @param vectors eigenvectors, head size x rank, row-major. The row of a head position holds its coordinates
 *     in all components. The sign of a component is such that its entry of largest absolute value is
 *     positive.
 * @param eigenvalues denoised eigenvalues xi, decreasing, in units of one user's squared row norm
 * @param bulk b = sigma sqrt(size), up to a factor 2 the range over which noise alone spreads eigenvalues
 */
public record Spectrum(double[] vectors, double[] eigenvalues, double bulk) implements Serializable {
    private static final double CUT = .02;
    private static final double TRACY_WIDOM = 4;

    /**
     * Denoises by rotationally invariant shrinkage of the whole spectrum (Bun, Allez, Bouchaud and Potters,
     * "Rotational invariant estimator for general noisy matrices", 2016, for additive Gaussian noise). With
     * d_ij = lambda_i - lambda_j it computes
     *
     * <pre>  xi_i = lambda_i - 2 b^2 mean over j != i of d_ij / (d_ij^2 + sigma^2)</pre>
     *
     * <p>and, in decreasing order of lambda, keeps components while xi &gt; .02 b. There is no rank
     * parameter.
     *
     * <p>The cost is that of the eigenvalues of one dense symmetric matrix of the head's size m, 4/3 m^3
     * multiply-adds, and 2 m^2 for each vector kept, in the native library.
     *
     * @param triangle released strict upper triangle, packed, in units of one user's squared row norm; the
     *     diagonal counts as 0
     * @param order head size m
     * @param sigma noise per entry in the same units
     * @param threads how many threads the native library may use
     */
    public static Spectrum denoise(double[] triangle, int order, double sigma, int threads) {
        double bulk = sigma * Math.sqrt(order);
        if (order < 2) {
            return new Spectrum(new double[0], new double[0], bulk);
        }
        double[] eigen =
                Faer.leading(symmetric(triangle, order), order, threads, lambda -> rank(shrink(lambda, sigma), bulk));
        double[] xi = shrink(Arrays.copyOf(eigen, order), sigma);
        int rank = rank(xi, bulk);
        return new Spectrum(leadingVectors(eigen, order, rank), Arrays.copyOf(xi, rank), bulk);
    }

    private static int rank(double[] xi, double bulk) {
        int rank = 0;
        while (rank < xi.length && xi[rank] > CUT * bulk) {
            rank++;
        }
        return rank;
    }

    /** Returns the number of components kept. */
    public int rank() {
        return eigenvalues.length;
    }

    /**
     * Returns whether a component stands out of the noise. Noise alone spreads eigenvalues up to 2 b (1 + s
     * m^(-2/3) / 2), where s follows the law of Tracy and Widom ("On orthogonal and symplectic matrix
     * ensembles", 1996) and m is the head's size. Shrunk, such an eigenvalue is about 2 b m^(-1/3) sqrt(s).
     * The limit is that of s = 4, which noise passes a few times in 1,000 trainings at most.
     */
    public boolean standsOut() {
        return rank() > 0 && eigenvalues[0] > 2 * Math.sqrt(TRACY_WIDOM) * bulk / Math.cbrt(order());
    }

    private int order() {
        return rank() == 0 ? 0 : vectors.length / rank();
    }

    /** Returns the spectrum with only its first {@code most} components. */
    public Spectrum first(int most) {
        int count = Math.min(most, rank());
        double[] less = new double[order() * count];
        for (int position = 0; position < order(); position++) {
            System.arraycopy(vectors, position * rank(), less, position * count, count);
        }
        return new Spectrum(less, Arrays.copyOf(eigenvalues, count), bulk);
    }

    /** Returns the full symmetric matrix of a packed triangle, row-major, with a diagonal of 0. */
    static double[] symmetric(double[] triangle, int order) {
        double[] matrix = new double[Math.multiplyExact(order, order)];
        for (int i = 0; i < order; i++) {
            int base = PackedTriangle.rowBase(i, order);
            for (int j = i + 1; j < order; j++) {
                matrix[i * order + j] = triangle[base + j];
                matrix[j * order + i] = triangle[base + j];
            }
        }
        return matrix;
    }

    /** Returns the denoised value xi of each eigenvalue, by the formula of {@link #denoise}. */
    static double[] shrink(double[] lambda, double sigma) {
        int order = lambda.length;
        double[] xi = new double[order];
        for (int i = 0; i < order; i++) {
            double sum = 0;
            for (int j = 0; j < order; j++) {
                double gap = lambda[i] - lambda[j];
                sum += gap / (gap * gap + sigma * sigma); // 0 for j = i
            }
            xi[i] = lambda[i] - 2 * sigma * sigma * order * sum / (order - 1);
        }
        return xi;
    }

    /**
     * Extracts the first eigenvectors from the result of {@link Faer#leading} or {@link Faer#eigen}, in the
     * layout and with the signs of {@link #vectors}.
     */
    static double[] leadingVectors(double[] eigen, int order, int rank) {
        double[] vectors = new double[order * rank];
        for (int component = 0; component < rank; component++) {
            int from = order + component * order;
            int largest = from;
            for (int at = from; at < from + order; at++) {
                if (Math.abs(eigen[at]) > Math.abs(eigen[largest])) {
                    largest = at;
                }
            }
            double sign = eigen[largest] < 0 ? -1 : 1;
            for (int position = 0; position < order; position++) {
                vectors[position * rank + component] = sign * eigen[from + position];
            }
        }
        return vectors;
    }
}
