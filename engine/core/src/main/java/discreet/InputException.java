package discreet;

/**
 * Reports bad usage or bad input. Nothing was charged, except where a training or an evaluation finds a file
 * damaged after its reservation.
 */
public final class InputException extends DiscreetException {

    private static final long serialVersionUID = 1;

    public InputException(String message) {
        super(message, null, null);
    }

    public InputException(String message, Throwable cause) {
        super(message, null, cause);
    }

    /** @param remedy what the end of the message advises */
    public InputException(String message, Remedy remedy) {
        super(message, remedy, null);
    }
}
