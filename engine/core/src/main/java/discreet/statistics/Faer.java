package discreet.statistics;

import discreet.natives.NativeLibrary;
import java.util.function.ToIntFunction;

/** Solves dense symmetric eigenproblems with the faer crate (engine/core/src/main/rust). */
final class Faer {
    static {
        NativeLibrary.load();
    }

    private Faer() {}

    /**
     * Computes all eigenpairs by a tridiagonal reduction, then divide and conquer.
     *
     * @param symmetricRowMajor n x n entries, of which one triangle is read
     * @param n from 0 to 46339
     * @param threads from 1 to 1024
     * @return n eigenvalues in decreasing order, then n x n entries. Eigenvector q, of norm 1 and any sign,
     *     starts at offset n + q n.
     * @throws SpectrumException if an argument is out of range or the iteration fails
     */
    static native double[] eigen(double[] symmetricRowMajor, int n, int threads);

    /**
     * Computes all eigenvalues and the vectors of the largest ones by a tridiagonal reduction, then inverse
     * iteration for these vectors alone. {@link #eigen} is the naive equivalent.
     *
     * @param wanted returns how many vectors to compute, from 0 to n, given all eigenvalues in decreasing
     *     order. It is called once, on the caller's thread, and its exceptions are rethrown.
     * @return n eigenvalues in decreasing order, then the vectors. Vector q, of norm 1 and any sign, starts
     *     at offset n + q n. The vectors are orthogonal up to 1e-8.
     * @throws SpectrumException if an argument is out of range or the iteration fails
     */
    static native double[] leading(double[] symmetricRowMajor, int n, int threads, ToIntFunction<double[]> wanted);
}
