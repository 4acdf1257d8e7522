package discreet;

/** Refused by the budget of a population, or by its being closed: exit code 3. Nothing was charged. */
public final class BudgetException extends DiscreetException {

    private static final long serialVersionUID = 1;

    public BudgetException(String message) {
        super(message, null);
    }

    @Override
    public int exitCode() {
        return 3;
    }
}
