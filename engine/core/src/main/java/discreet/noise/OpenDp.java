package discreet.noise;

import discreet.natives.NativeLibrary;

/**
 * The native methods over OpenDP (engine/src/main/rust). Every one throws {@link NoiseException} and checks what it is given again, since
 * OpenDP does not. There is no seed, and none that gives noise alone.
 */
final class OpenDp {
    static {
        NativeLibrary.load();
    }

    private OpenDp() {}

    /** A new array: {@code sums} plus independent draws. {@code length} is what the caller planned to release. */
    static native long[] addGaussian(long[] sums, int length, double sigma, int threads);

    /** OpenDP's map for a vector of this L2 sensitivity. */
    static native double rho(double sigma, double sensitivity);

    /** A new array: value plus noise where that is above the threshold, {@link Long#MIN_VALUE} elsewhere. */
    static native long[] addGaussianAbove(long[] values, int length, double sigma, long threshold, int threads);

    /** OpenDP's map for the thresholded map: rho, then delta. */
    static native double[] thresholdCost(double sigma, long threshold, int l0, double l2, double lInf);

    static native double epsilon(double rho, double delta);

    static native double delta(double rho, double epsilon);

    static native double largestRho(double epsilon, double delta);
}
