package discreet;

/**
 * Refuses a charge because the population's budget does not admit it or the population is closed. Nothing was
 * charged.
 */
public final class BudgetException extends DiscreetException {

    private static final long serialVersionUID = 1;

    public BudgetException(String message) {
        super(message, null, null);
    }

    /** @param remedy what the end of the message advises */
    public BudgetException(String message, Remedy remedy) {
        super(message, remedy, null);
    }
}
