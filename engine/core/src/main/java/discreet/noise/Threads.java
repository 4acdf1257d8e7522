package discreet.noise;

/**
 * Decides how many threads one native call may use. The system property {@value #PROPERTY} sets the number,
 * and the default is the number of processors.
 */
public final class Threads {
    /** The name of the property, whose value is a whole number from 1 to 1024. */
    public static final String PROPERTY = "discreet.threads";

    private static final int MAX = 1024;

    private Threads() {}

    /**
     * Returns the size of the native pool, at least 1. The property is read at each call.
     *
     * @throws IllegalArgumentException if the property is not a number from 1 to 1024
     */
    public static int count() {
        String value = System.getProperty(PROPERTY);
        if (value == null || value.isBlank()) {
            return Math.min(MAX, Runtime.getRuntime().availableProcessors());
        }
        try {
            int count = Integer.parseInt(value.strip());
            if (count >= 1 && count <= MAX) {
                return count;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new IllegalArgumentException(
                PROPERTY + " must be a whole number from 1 to " + MAX + ". Provided value: " + value);
    }
}
