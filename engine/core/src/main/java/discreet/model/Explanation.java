package discreet.model;

import java.util.List;

/**
 * Why an item has its score for a person: parts that sum to it. They come from the released model and from that person's own history;
 * nobody else's rows are an input.
 *
 * @param item catalogue index
 * @param source where the score comes from
 * @param history what each item of the person's history adds, in order of index; may be negative
 * @param common what everybody's score of this item has in it
 */
public record Explanation(
        int item, double score, RecommendationSource source, List<Contribution> history, List<Common> common) {

    public Explanation {
        history = List.copyOf(history);
        common = List.copyOf(common);
    }

    /**
     * A part that an item of the history brings.
     *
     * @param item catalogue index
     */
    public record Contribution(int item, double value) {}

    /**
     * A part that does not depend on the person.
     *
     * @param name what it is, such as {@code popularity}
     */
    public record Common(String name, double value) {}

    /** Says whether popularity is all that the score is made of. */
    public boolean isByPopularityAlone() {
        return source == RecommendationSource.POPULAR && common.size() == 1;
    }

    /** What the parts add up to: the score, but for rounding. */
    public double sum() {
        return history.stream().mapToDouble(Contribution::value).sum()
                + common.stream().mapToDouble(Common::value).sum();
    }
}
