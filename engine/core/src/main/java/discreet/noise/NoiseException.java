package discreet.noise;

/**
 * Noise could not be drawn, or a price not computed. Carries a reason and no data: neither a value, nor a length, nor OpenDP's own text, which
 * may quote what it was given. After a failed draw nothing was released, but it counts as drawn.
 */
public final class NoiseException extends RuntimeException {
    private final Reason reason;

    /** Why. */
    public enum Reason {
        LENGTH_MISMATCH("the array is not as long as declared"),
        SIGMA_OUT_OF_RANGE("sigma is not in [1, 2^58]"),
        SUM_OUT_OF_RANGE("a sum is not in [-2^62, 2^62]"),
        SENSITIVITY_OUT_OF_RANGE("a sensitivity is negative or not finite"),
        THRESHOLD_OUT_OF_RANGE("the threshold is not in [1, 2^62], or smaller than what one person can add to a value"),
        PRIVACY_PARAMETER_OUT_OF_RANGE("rho, epsilon or delta is out of its range"),
        THREADS_OUT_OF_RANGE("the number of threads is not in [1, 1024]"),
        THREADS_UNAVAILABLE("the threads could not be started"),
        OUT_OF_MEMORY("there is not enough memory outside the heap"),
        MAP_FAILED("OpenDP's privacy map failed"),
        SAMPLING_FAILED("OpenDP's sampler failed"),
        CONVERSION_FAILED("OpenDP's conversion failed"),
        PANICKED("the native code panicked");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    /** Called from native code, by the name of a {@link Reason}. */
    NoiseException(String reason) {
        this(Reason.valueOf(reason));
    }

    private NoiseException(Reason reason) {
        super("Cannot draw or price noise: " + reason.text + ".");
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
