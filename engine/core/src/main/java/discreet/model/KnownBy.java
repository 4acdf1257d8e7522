package discreet.model;

import java.util.Locale;

/**
 * Says what a model knows an item by, the best first. This comes from released values and public tags, so it
 * may be shown to anybody.
 */
public enum KnownBy {
    /** The people who have it. */
    PEOPLE,
    /** So few people that their number does not stand out of its noise. */
    FEW_PEOPLE,
    /** Its tags alone, because it is outside the head. */
    TAGS,
    /** Nothing. */
    NOTHING;

    /** Returns the words for print. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Returns what a relation of two items is known by, which is the lesser of both. */
    public KnownBy with(KnownBy other) {
        return compareTo(other) < 0 ? other : this;
    }
}
