package discreet.plan;

import discreet.InputException;

/**
 * Holds the public numbers that a quote takes for granted. A training replaces the number of people by the
 * released one.
 *
 * @param people number of users with an item left, at least 1
 * @param items number of items of the catalogue, at least 1
 * @param maxHead the operator's limit on the head, at least 1
 */
public record Assumptions(long people, int items, int maxHead) {
    /** The assumptions where the caller gives none. */
    public static final Assumptions DEFAULT = new Assumptions(10_000, 5_000, TrainingRequest.DEFAULT_MAX_HEAD);

    /** @throws InputException if a number is not positive */
    public Assumptions {
        requirePositive("people", people);
        requirePositive("items", items);
        TrainingRequest.requireMaxHead(maxHead);
    }

    static void requirePositive(String parameter, long value) {
        if (value < 1) {
            throw new InputException(
                    "train", "`" + parameter + "` must be > 0. Provided value: " + value + ". Give a larger number.");
        }
    }
}
