package discreet.noise;

/**
 * Reports that noise could not be drawn or its privacy cost not computed. It carries a reason and no data. A
 * value, a length and OpenDP's own text are left out, since that text may quote its input. A failed draw
 * released nothing, but it counts as drawn.
 */
public final class NoiseException extends RuntimeException {
    private final Reason reason;

    /** Names what went wrong. */
    enum Reason {
        LENGTH_MISMATCH("the array is not as long as declared"),
        SIGMA_OUT_OF_RANGE("sigma is not in [1, 2^58]"),
        SUM_OUT_OF_RANGE("a sum is not in [-2^62, 2^62]"),
        SENSITIVITY_OUT_OF_RANGE("a sensitivity is negative or not finite"),
        THRESHOLD_OUT_OF_RANGE("the threshold is not in [1, 2^62], or smaller than what one user can add to a value"),
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

    /** Called from native code with the name of a {@link Reason}. */
    NoiseException(String reason) {
        this(Reason.valueOf(reason));
    }

    private NoiseException(Reason reason) {
        super("Cannot draw or price noise: " + reason.text + ".");
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
