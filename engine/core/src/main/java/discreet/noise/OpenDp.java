package discreet.noise;

import discreet.natives.NativeLibrary;

/**
 * Declares the native methods over OpenDP, which are implemented in engine/core/src/main/rust. Each of them
 * throws {@link NoiseException} and checks its arguments again, since OpenDP does not. No method takes a
 * seed, and none returns noise alone.
 */
final class OpenDp {
    static {
        NativeLibrary.load();
    }

    private OpenDp() {}

    /**
     * Returns a new array of {@code sums} plus independent draws. {@code length} is what the caller planned
     * to release.
     */
    static native long[] addGaussian(long[] sums, int length, double sigma, int threads);

    /** Returns the value of OpenDP's map for a vector of this L2 sensitivity. */
    static native double rho(double sigma, double sensitivity);

    /**
     * Returns a new array that holds value plus noise where that is above the threshold, and
     * {@link Long#MIN_VALUE} elsewhere.
     */
    static native long[] addGaussianAbove(long[] values, int length, double sigma, long threshold, int threads);

    /** Returns rho and then delta, by OpenDP's map for the thresholded vector. */
    static native double[] thresholdCost(double sigma, long threshold, int l0, double l2, double lInf);

    /** Returns {@link Zcdp#epsilon}. */
    static native double epsilon(double rho, double delta);

    /** Returns {@link Zcdp#delta}. */
    static native double delta(double rho, double epsilon);

    /** Returns {@link Zcdp#largestRho}. */
    static native double largestRho(double epsilon, double delta);
}
