package discreet.model;

import java.util.List;

/**
 * Explains the score of an item for a user by parts that sum to it. The parts come from the released model
 * and from that user's own history. Rows of others are no input.
 *
 * @param item catalogue index
 * @param source source of the score
 * @param history what each item of the user's history adds, in order of index, possibly negative
 * @param common parts that the scores of all users share
 */
public record Explanation(
        int item, double score, RecommendationSource source, List<Contribution> history, List<Common> common) {

    public Explanation {
        history = List.copyOf(history);
        common = List.copyOf(common);
    }

    /**
     * Gives the part that comes from one item of the history.
     *
     * @param value the part, in units of the score
     *
     * @param item catalogue index
     */
    public record Contribution(int item, double value) {}

    /**
     * Gives a part that does not depend on the user.
     *
     * @param name such as {@code popularity}
     */
    public record Common(String name, double value) {}

    /** Returns whether the score is made of popularity alone. */
    public boolean isByPopularityAlone() {
        return source == RecommendationSource.POPULAR && common.size() == 1;
    }

    /** Returns the sum of the parts, which is the score up to rounding. */
    public double sum() {
        return history.stream().mapToDouble(Contribution::value).sum()
                + common.stream().mapToDouble(Common::value).sum();
    }
}
