package discreet.statistics;

import discreet.natives.NativeLibrary;
import java.util.function.ToIntFunction;

/** Dense symmetric eigenproblems, by faer (engine/src/main/rust). */
final class Faer {
    static {
        NativeLibrary.load();
    }

    private Faer() {}

    /**
     * All eigenpairs: tridiagonal reduction, then divide and conquer.
     *
     * @param symmetricRowMajor n x n entries; one triangle of them is read
     * @param n from 0 to 46339
     * @param threads from 1 to 1024
     * @return n eigenvalues in decreasing order, then n x n entries: eigenvector q, of norm 1 and any sign, from offset n + q n
     * @throws SpectrumException if an argument is not as said, or the iteration fails
     */
    static native double[] eigen(double[] symmetricRowMajor, int n, int threads);

    /**
     * All eigenvalues, and the vectors of the largest ones: a tridiagonal reduction, then inverse iteration for these alone. {@link #eigen}
     * is the naive equivalent.
     *
     * @param wanted how many vectors, from 0 to n, given all eigenvalues in decreasing order; called once, on the caller's thread
     * @return n eigenvalues in decreasing order, then the vectors: number q, of norm 1 and any sign, from offset n + q n; orthogonal up to 1e-8
     * @throws SpectrumException if an argument is not as said, or the iteration fails; what {@code wanted} throws is thrown
     */
    static native double[] leading(double[] symmetricRowMajor, int n, int threads, ToIntFunction<double[]> wanted);
}
