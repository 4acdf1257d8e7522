package discreet.model;

/** Where a recommendation comes from. */
public enum RecommendationSource {
    /** From the person's own history and the released model. */
    MODEL,
    /** From popularity alone: the item is outside the head, or the person has no item inside it. */
    POPULAR;

    /** As it stands in lists. */
    public String label() {
        return this == MODEL ? "model" : "popular";
    }
}
