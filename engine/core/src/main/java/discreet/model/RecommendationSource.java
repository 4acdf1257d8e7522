package discreet.model;

/** Says what a recommendation comes from. */
public enum RecommendationSource {
    /** The user's own history and the released model. */
    MODEL,
    /** Popularity alone, because the item is outside the head or no item of the history is inside it. */
    POPULAR;

    /** Returns the source as lists name it. */
    public String label() {
        return this == MODEL ? "model" : "popular";
    }
}
