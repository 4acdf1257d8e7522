package discreet.evaluate;

import discreet.catalogue.ListRules;
import discreet.history.UserHistory;
import discreet.model.RankingModel;
import discreet.model.RankingScorer;
import discreet.model.Recommendation;

/** Ranks by a released model, with the code that makes every user's list. */
public final class ModelRanker implements Ranker {
    private final RankingScorer scorer;
    private final ListRules rules;

    public ModelRanker(RankingModel model) {
        this(model, ListRules.ofLength(0));
    }

    /** @param rules rules of the lists, except for their length, which each call sets */
    public ModelRanker(RankingModel model, ListRules rules) {
        this.scorer = model.scorer();
        this.rules = rules;
    }

    @Override
    public int[] rank(UserHistory<int[]> user, int k) {
        return rank(scorer, user, rules.withLength(k));
    }

    /** Returns the items of the list that a scorer makes, best first. */
    static int[] rank(RankingScorer scorer, UserHistory<int[]> user, ListRules rules) {
        return scorer.recommend(user, rules).stream()
                .mapToInt(Recommendation::item)
                .toArray();
    }
}
