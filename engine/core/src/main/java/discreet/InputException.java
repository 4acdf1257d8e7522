package discreet;

/** Bad usage or bad input: exit code 2. Nothing was charged. */
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
