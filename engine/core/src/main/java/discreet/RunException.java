package discreet;

/** Reports a failure while running, such as one of a disk, a database or the native library. */
public final class RunException extends DiscreetException {

    private static final long serialVersionUID = 1;

    public RunException(String message) {
        super(message, null, null);
    }

    public RunException(String message, Throwable cause) {
        super(message, null, cause);
    }

    /** @param remedy what the end of the message advises */
    public RunException(String message, Remedy remedy) {
        super(message, remedy, null);
    }

    /** @param remedy what the end of the message advises */
    public RunException(String message, Remedy remedy, Throwable cause) {
        super(message, remedy, cause);
    }
}
