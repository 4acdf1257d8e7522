package io.discreet.gram;

import io.discreet.natives.NativeLibrary;

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
}
