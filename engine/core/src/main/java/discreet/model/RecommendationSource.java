package discreet.model;

import java.util.Locale;

/** Says what a recommendation comes from. */
public enum RecommendationSource {
    /** The user's own history and the released model. */
    MODEL,
    /** Popularity alone, because the item is outside the head or no item of the history is inside it. */
    POPULAR,
    /** The item's tags, as far as they suit the user's history or a related item, because the item is outside
     * the head. */
    TAGS;

    /** Returns the source as lists name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
