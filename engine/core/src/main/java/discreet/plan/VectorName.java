package discreet.plan;

import java.util.Arrays;

/** Names the vectors that releases are made of, for the ledger and for readers. */
public enum VectorName {
    PEOPLE("people", "how many people there are"),
    ITEMS("items", "for each item, how many people have it, those with few items counting more"),
    PEOPLE_AND_MEAN("people-and-mean", "how many people there are, and how they rate on average"),
    FIRST_BIASES("biases-1", "for each item, how much it is rated, and how much better than expected"),
    SECOND_BIASES("biases-2", FIRST_BIASES.meaning),
    GRAM("gram", "for each pair of popular items, how far the same people have both"),
    TEST_PEOPLE("test-people", "how many people set apart have both a known and a hidden item"),
    METRICS("metrics", "how good the lists, or the predicted ratings, of people set apart were");

    private final String text;
    private final String meaning;

    VectorName(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /** Returns the vector's name in the ledger. */
    public String text() {
        return text;
    }

    /** Says in plain words what a vector holds, by its name in the ledger. */
    public static String meaning(String text) {
        return Arrays.stream(values())
                .filter(vector -> vector.text.equals(text))
                .map(vector -> vector.meaning)
                .findFirst()
                .orElse("sums over people");
    }
}
