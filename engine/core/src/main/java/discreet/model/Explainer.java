package discreet.model;

import discreet.statistics.Head;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Splits a score into what each item of the history adds, and popularity. An item outside the head is
 * explained by its tags, as in a reserved place. If that is impossible, it is explained by popularity alone.
 *
 * <p>With r_i the factor of item i and s_i the divisor of its score, an item j of the history adds w_j (r_i
 * diag(h) r_j + p_i p_j) / s_i, or nothing if j is outside the head. The rest is popularity. The symbols w,
 * h, p and c are as in {@link RankingScorer}.
 */
final class Explainer implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String POPULARITY = "popularity";

    private final FoldIn foldIn;
    private final HeadScores scores;
    private final TaggedTail tagged;

    Explainer(FoldIn foldIn, HeadScores scores, TaggedTail tagged) {
        this.foldIn = foldIn;
        this.scores = scores;
        this.tagged = tagged;
    }

    /**
     * Returns the parts of a score.
     *
     * @param history distinct catalogue indices, ascending
     * @param byStatistic the item's place by c, used if nothing else is known
     */
    Explanation of(int[] history, int item, Recommendation byStatistic) {
        Head head = foldIn.head();
        UserFactors userFactors = foldIn.userFactors(history);
        int position = head.position(item);
        if (position >= 0) {
            Recommendation place = new Recommendation(item, scores.of(userFactors)[position], userFactors.source());
            double share = scores.popularity(position);
            return explanation(
                    history,
                    place,
                    foldIn.factor(position),
                    foldIn.direction(position),
                    share,
                    scores.scaleAt(position));
        }
        int at = tagged.indexOf(item);
        if (userFactors.known() && at >= 0) {
            Recommendation place =
                    new Recommendation(item, tagged.scores(userFactors).of(item), RecommendationSource.TAGS);
            double share = tagged.popularity(at);
            return explanation(history, place, tagged.factor(item), share, share, tagged.scaleAt(at));
        }
        return byStatistic(history, byStatistic);
    }

    /** Explains an item that has its place by c alone, so that no item of the history adds anything. */
    static Explanation byStatistic(int[] history, Recommendation place) {
        List<Explanation.Contribution> nothing = Arrays.stream(history)
                .mapToObj(own -> new Explanation.Contribution(own, 0))
                .toList();
        return new Explanation(
                place.item(),
                place.score(),
                place.source(),
                nothing,
                List.of(new Explanation.Common(POPULARITY, place.score())));
    }

    private Explanation explanation(
            int[] history, Recommendation place, double[] factor, double alongDirection, double share, double scale) {
        List<Explanation.Contribution> parts = Arrays.stream(history)
                .mapToObj(own ->
                        new Explanation.Contribution(own, foldIn.contribution(own, factor, alongDirection) * scale))
                .toList();
        return new Explanation(
                place.item(),
                place.score(),
                place.source(),
                parts,
                List.of(new Explanation.Common(POPULARITY, HeadScores.POPULARITY_WEIGHT * share * scale)));
    }
}
