package discreet;

/** Reports bad usage or bad input. Nothing was charged. The exit code is 2. */
public final class InputException extends DiscreetException {

    private static final long serialVersionUID = 1;

    public InputException(String message) {
        super(message, null);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 2;
    }
}
